// The same tests in another file, which Vitest runs in another worker.
import './isolation.case.ts'
