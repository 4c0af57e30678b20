// awk's syntax tree.

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly name: string; readonly keys: readonly Expression[] }
  | { readonly kind: 'in'; readonly name: string; readonly keys: readonly Expression[] }
  | {
      readonly kind: 'assign'
      readonly operator: string
      readonly target: Expression
      readonly value: Expression
    }
  | {
      readonly kind: 'conditional'
      readonly test: Expression
      readonly yes: Expression
      readonly no: Expression
    }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'step'
      readonly operator: '++' | '--'
      readonly prefix: boolean
      readonly target: Expression
    }
  | { readonly kind: 'group'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly Expression[] }
  | {
      readonly kind: 'getline'
      readonly from: 'main' | 'file' | 'command'
      readonly source: Expression | undefined
      readonly target: Expression | undefined
    }

export interface Redirection {
  readonly to: '>' | '>>' | '|'
  readonly target: Expression
}

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | {
      readonly kind: 'print'
      readonly format: boolean
      readonly values: readonly Expression[]
      readonly redirection: Redirection | undefined
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | {
      readonly kind: 'if'
      readonly test: Expression
      readonly yes: Statement
      readonly no: Statement | undefined
    }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: Statement; readonly after: boolean }
  | {
      readonly kind: 'for'
      readonly first: Statement | undefined
      readonly test: Expression | undefined
      readonly step: Statement | undefined
      readonly body: Statement
    }
  | { readonly kind: 'for-in'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly kind: 'delete'; readonly name: string; readonly keys: readonly Expression[] | undefined }
  | { readonly kind: 'jump'; readonly to: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined }

export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'line'
  readonly from: Expression | undefined
  readonly to: Expression | undefined
  /** Undefined: print the line. */
  readonly body: Statement | undefined
}

export interface Routine {
  readonly name: string
  readonly parameters: readonly string[]
  readonly body: Statement
}

export interface Script {
  readonly rules: readonly Rule[]
  readonly routines: ReadonlyMap<string, Routine>
}

/** The script is wrong. */
export class BadScript extends Error {}
