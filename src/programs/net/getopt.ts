// Options read by the room's scanner (`program.ts`), but with the error as a value: the tools of the network each
// have their own words around it.

import { BadOption, type OptionGrammar, parseOptions } from '../program.ts'

export interface Scanned {
  /** In the order of the line. */
  readonly options: readonly { readonly key: string; readonly argument: string }[]
  readonly operands: readonly string[]
  /** `invalid option -- 'Z'`, as getopt(3) says it. */
  readonly error: string | undefined
}

/** Scans the words after the program's name. */
export function scanOptions(words: readonly string[], grammar: OptionGrammar): Scanned {
  try {
    const { given, operands } = parseOptions(['', ...words], grammar)
    const options = given.map(([key, argument]) => ({ key, argument }))
    return { options, operands, error: undefined }
  } catch (cause) {
    if (cause instanceof BadOption) return { options: [], operands: [], error: cause.message }
    throw cause
  }
}
