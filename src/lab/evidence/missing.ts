// Steps that need a container which no engine has: the text makes none of that name, or the step that makes it fails
// on every engine. It does not know what exists in ours.

import { containerNamed, namesMade, namesResolved } from '../check/names.ts'
import type { Failing, FailureRule, Past } from './rule.ts'

export const missingRules: readonly FailureRule[] = [
  {
    printed: /No such (?:container|object): [\w.-]+/,
    because: (_groups, failing) => {
      const names = [...failing.printed.matchAll(/No such (?:container|object): ([\w.-]+)/g)]
      const reasons = names.map(([, name = '']) => whyMissing(name, failing))
      return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join(', ')
    },
    evidence: 'recording 28/claims-11: containers that were never made',
  },
  {
    printed: /[Cc]ontainer \w+ is not running/,
    because: (_groups, { step, before }) =>
      failedMaker(before, ({ cmd }) => namesMade(cmd).includes(containerNamed(step.cmd) ?? '')),
    evidence: 'recording 28/claims-11: nothing is executed in a container that did not start',
  },
  {
    printed:
      /(?:bad address '|Could not resolve host: |can't find )([\w-]+)|ping: ([\w-]+): (?:Name or|Temp)/,
    because: ([first, second], { step, before }) => {
      const name = first ?? second ?? ''
      if (!step.cmd.includes(name)) return undefined
      return failedMaker(before, ({ cmd }) => namesResolved(cmd).includes(name))
    },
    evidence: 'recording 28/claims-11: the name of a container that does not run does not resolve',
  },
]

/** Why no engine has the container `name`; undefined if it might. */
function whyMissing(name: string, { before }: Failing): string | undefined {
  const makes = ({ cmd }: Past) => namesMade(cmd).includes(name)
  if (before.some(makes)) return failedMaker(before, makes)
  // The author's ids are not ours; what was not carried out as the text has it may have made anything.
  const id = /^(?=.*\d)[0-9a-f]{3,64}$/.test(name)
  const whole = before.every(({ outcome }) => outcome === 'done' || outcome === 'failed')
  const mentioned = before.some(
    ({ cmd, outcome }) => outcome !== 'failed' && cmd.split(/[\s=]+/).includes(name),
  )
  return id || !whole || mentioned ? undefined : `the text makes no container ${name}`
}

function failedMaker(before: readonly Past[], makes: (one: Past) => boolean): string | undefined {
  const maker = before.findLast(makes)
  return maker?.outcome === 'failed' ? `it needs line ${maker.line}, which fails on every engine` : undefined
}
