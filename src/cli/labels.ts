// Labels as lines give them: `key=value`, or `key` alone for an empty value.

import { cut } from './flags/kind.ts'

export function labelsOf(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const [key, value] = cut(text, '=')
      return [key, value ?? '']
    }),
  )
}
