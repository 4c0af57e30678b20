// sleep(1), of GNU and of BusyBox. It parks: until when it sleeps is in its record.

import { type Instant, seconds } from '../../base/instant.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'

export const sleep = both({
  name: 'sleep',
  parks: true,
  *main(proc, flavour) {
    if (typeof proc.memory !== 'number') {
      const { operands } = parseOptions(proc.argv, { short: '' })
      if (operands.length === 0) return refuse(proc, flavour === 'gnu' ? 'missing operand' : '', flavour, 1)
      let total = 0
      for (const text of operands) {
        const span = parseSpan(text)
        if (span === undefined)
          return flavour === 'gnu'
            ? refuse(proc, `invalid time interval ${quote(proc, text)}`, flavour, 1)
            : proc.fail(`sleep: invalid number '${text}'`)
        total += span
      }
      proc.memory = proc.now() + seconds(Math.min(total, 1e10))
    }
    const until = proc.memory as Instant
    while (proc.now() < until) yield { until }
    return 0
  },
})

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 }

/** `1.5`, `2m`, `infinity`: seconds; undefined if it is no span of time. */
export function parseSpan(text: string): number | undefined {
  const [, digits, unit = 's'] = /^(\d+\.?\d*|\.\d+|inf(?:inity)?)([smhd])?$/.exec(text) ?? []
  if (digits === undefined) return undefined
  return (digits.startsWith('inf') ? 1e10 : Number(digits)) * (units[unit] ?? 1)
}
