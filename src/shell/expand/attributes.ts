// The letters of a variable's attributes, in the order `declare -p` prints them.

import type { Attribute, Variable } from '../state.ts'

const letters: readonly [Attribute, string][] = [
  ['integer', 'i'],
  ['reference', 'n'],
  ['readonly', 'r'],
  ['trace', 't'],
  ['exported', 'x'],
  ['capital', 'c'],
  ['lower', 'l'],
  ['upper', 'u'],
]

/** `ax`, `ir`, or '' for a plain variable. */
export function attributeLetters(variable: Variable): string {
  const kind = variable.kind === 'indexed' ? 'a' : variable.kind === 'associative' ? 'A' : ''
  const set = letters.filter(([attribute]) => variable.attributes.has(attribute))
  return kind + set.map(([, letter]) => letter).join('')
}
