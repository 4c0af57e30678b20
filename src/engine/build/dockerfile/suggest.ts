// The word that was probably meant (buildkit util/suggest).

import { letterDistance } from '../../../base/distance.ts'

/** How different a word may be. */
const farthest = 3

/** ` (did you mean X?)`, or nothing where no word, or more than one, is near. */
export function suggestion(word: string, known: readonly string[]): string {
  let least = farthest
  let match = ''
  for (const other of known) {
    if (other === word.toLowerCase()) return ''
    const far = letterDistance(word.toLowerCase(), other)
    if (far < least) {
      least = far
      match = other
    } else if (far === least) match = ''
  }
  return match === '' ? '' : ` (did you mean ${match}?)`
}
