// `unset`: variables, elements of arrays, functions.

import { arithmetic } from '../expand/arithmetic.ts'
import type { ShellState } from '../state.ts'
import { findRaw, isName, unset } from '../variables.ts'
import { complain, refuse } from '../words.ts'
import { badIdentifier } from './declare.ts'
import { type Builtin, letters, usage } from './output.ts'

export const unsetNames: Builtin = (shell, args) => {
  const { set, operands, wrong } = letters(args, 'fvn')
  if (wrong !== undefined)
    return usage(shell, 'unset', `${wrong}: invalid option`, 'unset [-f] [-v] [-n] [name ...]')
  let status = 0
  for (const name of operands) {
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name)
    if (set.has('f')) {
      if (!unsetFunction(shell, name)) status = 1
    } else if (element) unsetElement(shell, element[1] ?? '', element[2] ?? '')
    else if (!isName(name)) {
      badIdentifier(shell, name, 'unset')
      status = 1
    } else if (shell.dialect.name !== 'bash' && findRaw(shell, name)?.attributes.has('readonly'))
      throw refuse(shell, `${name}: is read only`, 'unset')
    else if (!findRaw(shell, name) && !set.has('v')) {
      if (!unsetFunction(shell, name)) status = 1
    } else if (!unset(shell, set.has('n') ? name : targetOf(shell, name))) status = 1
  }
  return status
}

function unsetFunction(shell: ShellState, name: string): boolean {
  if (shell.functionMarks.get(name)?.has('readonly')) {
    complain(shell, `${name}: cannot unset: readonly function`, 'unset')
    return false
  }
  shell.functions.delete(name)
  shell.functionMarks.delete(name)
  return true
}

function targetOf(shell: ShellState, name: string): string {
  const variable = findRaw(shell, name)
  return variable?.attributes.has('reference') && variable.text ? variable.text : name
}

function unsetElement(shell: ShellState, name: string, subscript: string): void {
  const variable = findRaw(shell, name)
  if (variable?.kind === 'scalar' && /^(0|@|\*)$/.test(subscript)) unset(shell, name)
  if (!variable?.elements) return
  if (subscript === '@' || subscript === '*') variable.elements.clear()
  else if (variable.kind === 'associative') variable.elements.delete(subscript)
  else {
    const index = Number(arithmetic(shell, subscript))
    const next = Math.max(-1, ...(variable.elements.keys() as Iterable<number>)) + 1
    variable.elements.delete(index < 0 ? next + index : index)
  }
}
