// Lines made to hang a machine, or to eat its memory: each ends by itself or is cut off, and docksim lives on.

import { expect, test } from 'vitest'
import { openScript } from '../src/world/journal.ts'
import { performScript, startScript } from '../src/world/play.ts'
import { createWorld, hostNamed } from '../src/world/world.ts'

const interrupted = 130
const killed = 137
const tooDeep = 139

/** The line, and the status that bash has after it. */
const lines: readonly (readonly [line: string, status: number])[] = [
  ['while :; do :; done', interrupted],
  ['while :; do ls > /dev/null; done', interrupted],
  ['yes | while read x; do :; done', interrupted],
  ['mapfile < <(yes)', interrupted],
  ['read x < /dev/zero', interrupted],
  ['bash < /dev/zero', interrupted],
  ['x=$(cat /dev/zero)', interrupted],
  ['head -c 1000000000 /dev/zero | tail', interrupted],
  ['x=a; while :; do x=$x$x; done', killed],
  ['x=$(</dev/zero)', killed],
  ['f() { f; }; f', tooDeep],
  ['for i in {1..100000000}; do :; done', 1],
  ["awk 'BEGIN { while (1); }'", interrupted],
  ["awk 'function f(x) { return f(x) } BEGIN { f(1) }'", tooDeep],
  ['echo | sed ":a; ba"', interrupted],
  ['grep x /dev/zero', 2],
  ['sort /dev/zero', 2],
  ['wc /dev/zero', 1],
  ['tail -f /dev/zero', 1],
  ['yes > big', 1],
  [`printf 'a%.0s' {1..30000} > long; grep -E '(a+)+$|(a|aa)*c' long > /dev/null`, 0],
  [`printf 'a%.0s' {1..30000} > long; grep '\\(a*\\)*b\\1' long`, 2],
  [`a=$(printf 'a%.0s' {1..20000}); [[ $a == *a*a*a*a*a*a*b ]]`, 1],
  [`docker network ls --filter name='(a+)+$' -q`, 0],
]

test.each(lines)(
  '%s',
  (line, status) => {
    const world = createWorld({})
    const host = hostNamed(world, undefined)
    if (!host) throw new Error('no machine')
    const session = openScript(world, host, 'bash')
    startScript(world, session)
    const { rc, err } = performScript(world, session, line)
    expect({ rc, bug: /simulator bug/.test(err) }).toEqual({ rc: status, bug: false })
  },
  60_000,
)
