// The verdicts that need no extension.

import type { TargetKind, Verdict } from './target.ts'

const verdict = (name: string, says: Verdict): TargetKind<undefined> => ({
  name,
  options: [],
  read: () => undefined,
  save: () => '',
  list: () => '',
  act: () => says,
})

export const accept = verdict('ACCEPT', 'ACCEPT')
export const drop = verdict('DROP', 'DROP')
export const back = verdict('RETURN', 'RETURN')
