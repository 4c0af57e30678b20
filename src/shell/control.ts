// How execution leaves its normal course: thrown through the interpreter and caught where the construct ends.

/** `break` and `continue`. */
export class LoopJump extends Error {
  readonly kind: 'break' | 'continue'
  levels: number
  /** The loop's status: 1 after a count that is none. */
  readonly status: number

  constructor(kind: 'break' | 'continue', levels: number, status = 0) {
    super(kind)
    this.status = status
    this.kind = kind
    this.levels = levels
  }
}

/** `return` of a function or a sourced file. */
export class FunctionReturn extends Error {
  readonly status: number

  constructor(status: number) {
    super('return')
    this.status = status
  }
}

/** The shell ends: `exit`, `set -e`. */
export class ShellExit extends Error {
  readonly status: number

  constructor(status: number) {
    super('exit')
    this.status = status
  }
}

/**
 * An expansion or a special builtin failed. The message has been printed. A script ends with `status` if `fatal`;
 * otherwise, and at the prompt, the command is given up.
 */
export class CommandAbort extends Error {
  readonly status: number
  readonly fatal: boolean

  constructor(status: number, fatal: boolean) {
    super('abort')
    this.status = status
    this.fatal = fatal
  }
}

/** A text could not be parsed; `eval` and `.` end with it, a script too. */
export class SyntaxAbort extends CommandAbort {}

/** Another program took the shell's place (`exec`) and has ended; nothing of the shell is left to do. */
export class Replaced extends Error {
  readonly status: number

  constructor(status: number) {
    super('exec')
    this.status = status
  }
}

/** ^C at the prompt or in a command of an interactive shell: back to the prompt. */
export class BackToPrompt extends Error {}
