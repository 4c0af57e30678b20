// Why a change of the tables was refused, and the words that iptables has for it. Recorded from iptables 1.8.9
// (nf_tables), as Debian 12 has it.

/** What the words look like around `text`. */
type Form =
  /** `iptables: TEXT` (the kernel's answer, put into words by nft_strerror). */
  | 'plain'
  /** `iptables v1.8.9 (nf_tables): TEXT` (an error that ends the program). */
  | 'titled'
  /** The same, and `Try ...` on the next line: the words of the command are wrong. */
  | 'usage'
  /** TEXT and `Try ...`, without the program's name. */
  | 'bare'

/** The tables refuse; the program that asked prints `wordRefusal` and ends with `status`. */
export class Refusal extends Error {
  readonly form: Form
  readonly status: number

  constructor(form: Form, status: number, text: string) {
    super(text)
    this.form = form
    this.status = status
  }
}

export const noSuchName = (): Refusal => new Refusal('plain', 1, 'No chain/target/match by that name.')
export const noSuchRule = (): Refusal =>
  new Refusal('plain', 1, 'Bad rule (does a matching rule exist in that chain?).')
export const chainExists = (): Refusal => new Refusal('plain', 1, 'Chain already exists.')
export const fileExists = (): Refusal => new Refusal('plain', 1, 'File exists.')
export const notBuiltIn = (): Refusal => new Refusal('plain', 1, 'Bad built-in chain name.')
export const badPolicy = (): Refusal =>
  new Refusal('plain', 1, "Bad policy name. Run `dmesg' for more information.")
export const tooBig = (of: 'insertion' | 'deletion' | 'replacement'): Refusal =>
  new Refusal('plain', 1, `Index of ${of} too big.`)

/** A change that the kernel refused when it was committed. `step` as iptables has it: `RULE_APPEND`. */
export const refusedStep = (step: string, reason: string, what: string): Refusal =>
  new Refusal('titled', 4, ` ${step} failed (${reason}): ${what}`)

/** The chain to be listed does not exist. */
export const notListable = (chain: string, table: string): Refusal =>
  new Refusal('titled', 1, `chain \`${chain}' in table \`${table}' is incompatible, use 'nft' tool.`)

export const noSuchTable = (table: string): Refusal =>
  new Refusal(
    'titled',
    3,
    `table '${table}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.`,
  )

/** The words are wrong. */
export const badUsage = (text: string): Refusal => new Refusal('usage', 2, text)

export const badArgument = (word: string): Refusal => new Refusal('bare', 2, `Bad argument \`${word}'`)

/** Something that iptables can do and this simulation cannot. */
export const notSimulated = (what: string): Refusal => new Refusal('titled', 2, `${what} is not simulated`)

export type Program = 'iptables' | 'ip6tables' | 'iptables-restore' | 'ip6tables-restore'

export const iptablesVersion = 'v1.8.9 (nf_tables)'

/** The lines that `program` prints on its standard error. */
export function wordRefusal(refusal: Refusal, program: Program): string[] {
  const title = `${program} ${iptablesVersion}: `
  const advice = `Try \`${program} -h' or '${program} --help' for more information.`
  switch (refusal.form) {
    case 'plain':
      return [`${program}: ${refusal.message}`]
    case 'titled':
      return `${title}${refusal.message}`.split('\n')
    case 'usage':
      return [...`${title}${refusal.message}`.split('\n'), advice]
    case 'bare':
      return [refusal.message, advice]
  }
}
