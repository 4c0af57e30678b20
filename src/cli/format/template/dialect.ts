// Where the template engines of the Go versions that built the clients differ. A release chooses one.

export interface Dialect {
  /** `{{range 3}}` (Go 1.22). */
  readonly rangesOverIntegers: boolean
  /** `{{else with …}}` (Go 1.23). */
  readonly chainsWith: boolean
  /** A stray `)` is the parser's to refuse, not the lexer's (before Go 1.20). */
  readonly lenientParentheses: boolean
  /** `call` names what it was given (Go 1.23). */
  readonly callNamesArgument: boolean
}

/** Go 1.19, of the 20.10 client. */
export const go19: Dialect = {
  rangesOverIntegers: false,
  chainsWith: false,
  lenientParentheses: true,
  callNamesArgument: false,
}

/** Go 1.24, of the 28 client. */
export const go24: Dialect = {
  rangesOverIntegers: true,
  chainsWith: true,
  lenientParentheses: false,
  callNamesArgument: true,
}
