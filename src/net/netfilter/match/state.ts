// `-m state`: the older spelling of `-m conntrack --ctstate` (libxt_conntrack.c).

import { stateOf } from '../conntrack/state.ts'
import { wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import { printStates, readStates } from './conntrack.ts'
import type { MatchKind } from './match.ts'

interface StateTest {
  readonly states: ReturnType<typeof readStates>
  readonly negated: boolean
}

export const state: MatchKind<StateTest> = {
  name: 'state',
  options: [{ name: 'state', invertible: true, required: true }],
  read(given) {
    const value = given.get('state')
    return { states: readStates(wordOf(value), 'state'), negated: value?.negated ?? false }
  },
  save: ({ states, negated }) => ` ${not(negated)}--state ${printStates(states)}`,
  list: ({ states, negated }) => `${not(negated)}state ${printStates(states)}`,
  matches: ({ states, negated }, { skb }) => states.has(stateOf(skb)) !== negated,
}
