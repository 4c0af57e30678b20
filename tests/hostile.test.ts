// Lines made to hang a machine, or to eat its memory: each ends by itself or is cut off within seconds, and docksim
// lives on.

import { expect, test } from 'vitest'
import { openScript } from '../src/world/journal.ts'
import { performScript, startScript, usualLimits } from '../src/world/play.ts'
import { createWorld, hostNamed } from '../src/world/world.ts'

const limits = { ...usualLimits, steps: usualLimits.steps / 5 }

const interrupted = 130
const killed = 137

const lines: readonly (readonly [string, number])[] = [
  ['while :; do :; done', interrupted],
  ['while :; do ls > /dev/null; done', interrupted],
  ['i=0; while ((i < 1000000000)); do ((i++)); done', interrupted],
  ['yes | while read x; do :; done', interrupted],
  ['mapfile < <(yes)', interrupted],
  ['read x < /dev/zero', interrupted],
  ['bash < /dev/zero', interrupted],
  ['x=$(cat /dev/zero)', interrupted],
  ['head -c 1000000000 /dev/zero | tail', interrupted],
  ['x=a; while :; do x=$x$x; done', killed],
  ['x=$(</dev/zero)', killed],
  ["awk 'BEGIN { while (1); }'", interrupted],
  [`awk 'BEGIN { while (1) s = s "${'x'.repeat(50)}" }'`, interrupted],
  ["awk 'function f(x) { return f(x) } BEGIN { f(1) }'", 139],
  ['echo | sed ":a; ba"', interrupted],
  ['echo x | sed ":a; s/x/xx/; ba"', interrupted],
  ['echo x | sed ":a; s/x/xx/g; ba"', killed],
  ['grep x /dev/zero', 2],
  ['sort /dev/zero', interrupted],
  ['wc /dev/zero', interrupted],
]

test.each(lines)(
  '%s',
  (line, status) => {
    const world = createWorld({})
    const host = hostNamed(world, undefined)
    if (!host) throw new Error('no machine')
    const session = openScript(world, host, 'bash')
    startScript(world, session)
    const before = performance.now()
    const { rc, err } = performScript(world, session, line, limits)
    expect({ rc, bug: /simulator bug/.test(err) }).toEqual({ rc: status, bug: false })
    expect(performance.now() - before).toBeLessThan(15_000)
  },
  60_000,
)
