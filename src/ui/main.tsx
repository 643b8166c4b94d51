import { render } from 'preact'
import { App } from './app.tsx'
import { follow } from './live/follow.ts'
import { followAddress } from './live/route.ts'
import { keepTime } from './live/time.ts'

followAddress()
void follow()
void keepTime()
render(<App />, document.body)
