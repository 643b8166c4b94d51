export { directory } from './directory.ts'
export { events } from './events.ts'
export { mail, people, person, personSessions, project, rows, toNextExpiry } from './people.ts'
export { page, pagePart } from './ui.ts'
