import { render } from 'preact'
import { App, loadOthers } from './app.tsx'
import { follow } from './live/follow.ts'
import { known } from './live/known.ts'
import { followAddress } from './live/route.ts'
import { keepTime, setTime } from './live/time.ts'

followAddress()
setTime(known.clock)
// Takes over what the server drew.
render(<App />, document.body)
document.documentElement.inert = false
document.documentElement.className = ''
void loadOthers()
void follow()
void keepTime()
