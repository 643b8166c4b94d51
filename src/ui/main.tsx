import { render } from 'preact'
import { App, loadOthers } from './app.tsx'
import { follow } from './live/follow.ts'
import { known } from './live/known.ts'
import { followAddress } from './live/route.ts'
import { keepTime, setTime } from './live/time.ts'

followAddress()
setTime(known.clock)
render(<App />, document.body)
void loadOthers()
void follow()
void keepTime()
