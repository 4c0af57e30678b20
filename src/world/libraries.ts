// Libraries that programs of the machine are built around and that the core cannot load itself. Who assembles the whole
// supplies each once; a program asks for its library when it runs, so that it is loaded late or never.

import { type JqLibrary, jqProgram } from '../programs/text/jq.ts'

let suppliedJq: JqLibrary | undefined

/** Gives the program jq its language. */
export function supplyJq(library: JqLibrary): void {
  suppliedJq = library
}

export const jq = jqProgram((...call) => {
  if (!suppliedJq) throw new Error('nobody supplied the library of jq')
  return suppliedJq(...call)
})
