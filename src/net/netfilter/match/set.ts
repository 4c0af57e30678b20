// `-m set`: membership in an IP set (libxt_set.h). There are no IP sets here, so no name of one is known.

import { badUsage } from '../refusal.ts'
import { wordOf } from '../rule/option.ts'
import type { MatchKind } from './match.ts'

export const set: MatchKind<undefined> = {
  name: 'set',
  options: [{ name: 'match-set', words: 2, invertible: true }],
  read(given) {
    if (!given.has('match-set')) throw badUsage("You must specify `--match-set' with proper arguments\n")
    throw badUsage(`Set ${wordOf(given.get('match-set'))} doesn't exist.\n`)
  },
  save: () => '',
  list: () => '',
  matches: () => false,
}
