// How many operands a docker command takes. Knows neither the words of the complaint nor the command.
// Source: docker/cli cli/required.go.

/** Operands of a fixed number are a tuple; those that may be missing are undefined then. */
export type Operands = readonly (string | undefined)[]

export interface Arity<Taken extends Operands = Operands> {
  readonly form: 'none' | 'exactly' | 'atLeast' | 'atMost' | 'between' | 'any' | 'plain'
  readonly least: number
  readonly most: number
  /** Only for the type checker: what the operands are once their number is right. */
  readonly operands?: Taken
}

type One = [string]
type Two = [string, string]

export const none: Arity<[]> = { form: 'none', least: 0, most: 0 }
export const any: Arity<string[]> = { form: 'any', least: 0, most: Infinity }

export function exactly(count: 1): Arity<One>
export function exactly(count: 2): Arity<Two>
export function exactly(count: number): Arity<string[]>
export function exactly(count: number): Arity<never> {
  return { form: 'exactly', least: count, most: count }
}

/** One operand, where docker leaves the complaint to cobra. */
export const plainlyOne: Arity<One> = { form: 'plain', least: 1, most: 1 }

export function atLeast(count: 1): Arity<[...One, ...string[]]>
export function atLeast(count: 2): Arity<[...Two, ...string[]]>
export function atLeast(count: number): Arity<never> {
  return { form: 'atLeast', least: count, most: Infinity }
}

export function atMost(count: 1): Arity<[string?]>
export function atMost(count: number): Arity<never> {
  return { form: 'atMost', least: 0, most: count }
}

export function between(least: 1, most: 2): Arity<[string, string?]>
export function between(least: number, most: number): Arity<string[]>
export function between(least: number, most: number): Arity<never> {
  return { form: 'between', least, most }
}
