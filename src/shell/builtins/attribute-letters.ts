// The option letters of `declare`.

import type { Attribute } from '../state.ts'

export const attributeOf: Readonly<Record<string, Attribute>> = {
  x: 'exported',
  r: 'readonly',
  i: 'integer',
  l: 'lower',
  u: 'upper',
  c: 'capital',
  n: 'reference',
  t: 'trace',
}
