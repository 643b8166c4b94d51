import { spawn } from 'node:child_process'

// Builds again what changed, and starts the mock again; a page that is open loads itself anew.
const run = (...args) => spawn(process.execPath, args, { stdio: 'inherit' })

const serve = ['dist/cli.js', 'serve', '--seed', 'fixtures/team.json', '--watch', '--log-level', 'info']
const children = [
  run('node_modules/rolldown/bin/cli.mjs', '-c', '--watch', '--logLevel', 'warn'),
  run('--watch', '--watch-preserve-output', ...serve),
]

const end = () => {
  for (const child of children) child.kill()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end)
for (const child of children) child.on('exit', end)
