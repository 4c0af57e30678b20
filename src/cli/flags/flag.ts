// The declaration of one flag of a docker command: its kind, its words, since when, and what docksim does with it.
// Declarations are immutable data; the scanner, the help and the coverage page read them.

import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { type Attachment, type Mount, mountKind, networkKind, type Ulimit, ulimitKind } from './docker.ts'
import {
  boolKind,
  bytesKind,
  type Check,
  decimalKind,
  durationKind,
  filterKind,
  floatKind,
  intKind,
  type Kind,
  listKind,
  mapKind,
  stringKind,
  stringsKind,
  stringToStringKind,
  unsignedKind,
} from './kind.ts'

/**
 * What docksim does with a flag or a command: it acts; it is kept (inspect shows it, nothing else depends on it);
 * or it is refused, `thing` naming what is not simulated, if not the flag or the command itself.
 */
export type Class = 'acts' | 'kept' | Refusal

export interface Refusal {
  readonly thing: string
}

export const refused = (thing = ''): Refusal => ({ thing })

export interface FlagOptions<Value> {
  readonly short?: Dated<string>
  readonly since?: Release
  /** The first release without it. */
  readonly until?: Release
  readonly otherwise?: Dated<Value>
  /** The default as help prints it, where it does not follow from the value; '' for none. */
  readonly shown?: Dated<string>
  /** The type's word in help, where it is not the kind's. */
  readonly word?: Dated<string>
  readonly hidden?: Dated<boolean>
  /** What to do instead: printed when the flag is used. */
  readonly deprecated?: Dated<string>
  /** Its name, where it is not the key. */
  readonly named?: Dated<string>
  /** Other names, not in the help; a text says what to use instead. */
  readonly aliases?: Readonly<Record<string, Alias>>
  readonly class?: Class
}

export interface Alias {
  readonly since?: Release
  readonly deprecated?: string
}

export interface Flag<Value> {
  readonly kind: Kind<Value>
  readonly usage: Dated<string>
  readonly options: FlagOptions<Value>
}

/** What `flag` holds before it is given. */
export function initialOf<Value>({ kind, options }: Flag<Value>, release: Release): Value {
  const { otherwise } = options
  if (otherwise === undefined) return kind.initial
  const value = inRelease(otherwise as Dated<string | number | boolean | readonly unknown[]>, release)
  return value === undefined ? kind.initial : (value as Value)
}

type Declare<Value> = (usage: Dated<string>, options?: FlagOptions<Value>) => Flag<Value>

const of =
  <Value>(kind: Kind<Value>): Declare<Value> =>
  (usage, options = {}) => ({ kind, usage, options })

export const bool = of(boolKind)
export const string = of(stringKind)
export const int = of(intKind)
export const uint = of(unsignedKind('uint', 64))
export const uint16 = of(unsignedKind('uint16', 16))
export const uint32 = of(unsignedKind('uint32', 32))
export const float = of(floatKind)
/** Whole nanoseconds. */
export const duration = of(durationKind)
export const bytes = of(bytesKind(false))
/** Bytes; -1 means no limit. */
export const bytesOrUnlimited = of(bytesKind(true))
/** Billionths: 1.5 is 1500000000. */
export const decimal = of(decimalKind)
export const strings = of(stringsKind)
export const filter = of(filterKind)
export const stringToString = of(stringToStringKind)
export const ulimit: Declare<readonly Ulimit[]> = of(ulimitKind)
export const network: Declare<readonly Attachment[]> = of(networkKind)
export const mount: Declare<readonly Mount[]> = of(mountKind)

interface Checked {
  readonly check?: Check
}

export const list = (
  usage: Dated<string>,
  { check, ...options }: FlagOptions<readonly string[]> & Checked = {},
): Flag<readonly string[]> => ({ kind: listKind(check), usage, options })

export const map = (
  usage: Dated<string>,
  { check, ...options }: FlagOptions<ReadonlyMap<string, string>> & Checked = {},
): Flag<ReadonlyMap<string, string>> => ({ kind: mapKind(check), usage, options })
