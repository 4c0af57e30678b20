// Plays a script on a real engine, by the real client and one bash session on the machine on which this runs: for the lines
// that ask the host (iptables-save, ip, curl), that must be the engine's own machine or its network namespace.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Step } from './step.ts'

const longest = 240_000

/** Plays the lines with DOCKER_HOST set to `host`; those that were reached in the time that a topology may take. */
export function playReal(host: string, lines: readonly string[]): readonly Step[] {
  const folder = mkdtempSync(join(tmpdir(), 'docksim-fuzz-'))
  try {
    const home = join(folder, 'home')
    mkdirSync(home)
    const driver = lines.map((line, index) => {
      const file = join(folder, String(index))
      writeFileSync(`${file}.cmd`, line)
      return `eval "$(cat ${file}.cmd)" >${file}.out 2>${file}.err </dev/null; echo $? >${file}.rc`
    })
    writeFileSync(join(folder, 'driver'), [`cd ${home}`, ...driver, ''].join('\n'))
    spawnSync('bash', [join(folder, 'driver')], {
      env: { ...process.env, DOCKER_HOST: host, HOME: home, LC_ALL: 'C.UTF-8', TERM: 'dumb' },
      stdio: 'ignore',
      timeout: longest,
    })
    return lines.flatMap((cmd, index) => stepOf(cmd, join(folder, String(index)), home) ?? [])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function stepOf(cmd: string, file: string, home: string): Step | undefined {
  try {
    const read = (end: string) => readFileSync(file + end, 'utf8').replaceAll(home, '/root')
    return { cmd, out: read('.out'), err: read('.err'), rc: Number(read('.rc')) }
  } catch {
    return undefined
  }
}
