// Plays a script on this machine's bash, which talks to a real engine through the real client, and notes what each
// command printed. It knows of Docker only where it is.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { splitInputs } from '../../src/world/inputs.ts'
import type { Step } from '../parity/compare.ts'

/** The home of the session, whatever it is really called. */
const shownHome = '/root'

/**
 * The steps of `script` in one session of bash in an empty home. The last is the one that ended the session, if one
 * did. Throws an Error if the session takes longer than `patience` seconds.
 */
export function recordSession(script: string, env: NodeJS.ProcessEnv, patience: number): Step[] {
  const folder = mkdtempSync(join(tmpdir(), 'docksim-record-'))
  try {
    const home = join(folder, 'home')
    mkdirSync(home)
    const commands = splitInputs(script).map(({ text }) => text)
    for (const [index, cmd] of commands.entries()) writeFileSync(join(folder, `${index}.cmd`), cmd)
    const { status, error } = spawnSync('bash', ['-c', driverOf(folder, commands), 'bash'], {
      cwd: home,
      env: { ...env, HOME: home, PWD: home, OLDPWD: undefined },
      stdio: 'ignore',
      timeout: patience * 1000,
      killSignal: 'SIGKILL',
    })
    if (error) throw new Error(`the session did not end within ${patience} seconds`)
    return readSteps(folder, home, commands, status ?? 0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Each command is a line of the driver, so that bash numbers it as a script's, and finds the status of the one before in
// `$?` (under `set -e` that was 0).
function driverOf(folder: string, commands: readonly string[]): string {
  return commands
    .map((cmd, index) => {
      const at = join(folder, String(index))
      const line = [
        `__cmd=$(<'${at}.cmd')`,
        '[[ $- == *e* ]] || (exit $__rc)',
        `eval "$__cmd" >'${at}.out' 2>'${at}.err' </dev/null`,
        '__rc=$?',
        `echo $__rc >'${at}.rc'`,
      ]
      return line.join('; ') + '\n'.repeat(cmd.split('\n').length)
    })
    .join('')
}

function readSteps(folder: string, home: string, commands: readonly string[], last: number): Step[] {
  const steps: Step[] = []
  for (const [index, cmd] of commands.entries()) {
    const read = (part: string): string =>
      readFileSync(join(folder, `${index}.${part}`), 'utf8').replaceAll(home, shownHome)
    if (!existsSync(join(folder, `${index}.out`))) break
    const ended = !existsSync(join(folder, `${index}.rc`))
    steps.push({ cmd, out: read('out'), err: read('err'), rc: ended ? last : Number(read('rc')) })
    if (ended) break
  }
  return steps
}
