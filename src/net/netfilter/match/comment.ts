// `-m comment`: words for the reader; fits always (libxt_comment.c).

import { wordOf } from '../rule/option.ts'
import { quote } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

export const comment: MatchKind<string> = {
  name: 'comment',
  options: [{ name: 'comment', required: true }],
  read: (given) => wordOf(given.get('comment')).slice(0, 255),
  save: (text) => ` --comment ${text === '' ? '""' : quote(text)}`,
  list: (text) => `/* ${text} */`,
  matches: () => true,
}
