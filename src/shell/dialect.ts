// The shells that one interpreter plays: GNU bash 5.2, dash 0.5.12 (Debian's and Ubuntu's sh), ash of busybox.
// What differs between them is said here as named traits; words stand in words.ts.

export interface Dialect {
  readonly name: 'bash' | 'dash' | 'ash'
  /** Arrays, `declare`, `+=`. */
  readonly arrays: boolean
  /** `[[ ]]` */
  readonly conditionals: boolean
  /** `(( ))`, c-style for, `select`, `<( )`, `{a,b}`. */
  readonly extensions: boolean
  /** `$'...'` and `${x/a/b}`, `${x:1:2}`. */
  readonly bashSubstitutions: boolean
  /** Aliases work in scripts too. */
  readonly aliasesInScripts: boolean
  /** `echo` interprets backslashes without -e. */
  readonly echoInterprets: boolean
  readonly defaultPrompt: string
}

export const bashDialect = Object.freeze<Dialect>({
  name: 'bash',
  arrays: true,
  conditionals: true,
  extensions: true,
  bashSubstitutions: true,
  aliasesInScripts: false,
  echoInterprets: false,
  defaultPrompt: '\\s-\\v\\$ ',
})

export const dashDialect = Object.freeze<Dialect>({
  name: 'dash',
  arrays: false,
  conditionals: false,
  extensions: false,
  bashSubstitutions: false,
  aliasesInScripts: true,
  echoInterprets: true,
  defaultPrompt: '# ',
})

export const ashDialect = Object.freeze<Dialect>({
  name: 'ash',
  arrays: false,
  conditionals: true,
  extensions: false,
  bashSubstitutions: true,
  aliasesInScripts: true,
  echoInterprets: false,
  defaultPrompt: '\\w \\$ ',
})
