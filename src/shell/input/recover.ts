// After a command that was given up: the shell's depths are those of its prompt again.

import { closeSubstitutions } from '../interpret/run.ts'
import type { ShellState } from '../state.ts'

export function resetAfterAbort(shell: ShellState): void {
  shell.loopDepth = 0
  shell.nesting = 0
  shell.functionDepth = 0
  shell.testedDepth = 0
  shell.evalDepth = 1
  shell.inDebugTrap = false
  shell.inErrTrap = false
  shell.scopes = []
  shell.frames = []
  shell.input.partial = ''
  shell.atPrompt = false
  shell.prompted = false
  closeSubstitutions(shell, 0)
}
