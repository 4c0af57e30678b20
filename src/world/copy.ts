// A deep copy of records: objects, arrays, Maps, Sets and instances of classes, whatever refers to whatever. Shared, not
// copied, are values, functions, and all that is not extensible (frozen): images, programs, constants. It knows nothing of
// worlds.

/** A running generator lies among the records; it cannot be copied. */
export class CannotCopy extends Error {}

/** How instances of a class are copied. */
export interface CopyRule {
  readonly prototype: object
  /** Fields that become undefined. */
  readonly without: readonly string[]
  /** Fields whose records are constants. */
  readonly shared: readonly string[]
}

/**
 * Copies all that can be reached from `root`. Records of one shape are copied to records of one shape; recursion does not
 * depend on how deep they lie. Throws CannotCopy.
 */
export function copyRecords<Root extends object>(root: Root, rules: readonly CopyRule[] = []): Root {
  const copier: Copier = { copies: new Map(), unfinished: [], rules }
  const copy = copyOf(copier, root)
  for (let next = copier.unfinished.pop(); next; next = copier.unfinished.pop()) finish(copier, next)
  return copy as Root
}

interface Copier {
  readonly copies: Map<object, object>
  /** Copies whose parts are still the original's. */
  readonly unfinished: object[]
  readonly rules: readonly CopyRule[]
}

/** The copy of a part; a new one is put aside to be finished later. */
function copyOf(copier: Copier, original: object): object {
  if (!Object.isExtensible(original)) return original
  const known = copier.copies.get(original)
  if (known) return known
  const copy = shallowCopy(copier, original)
  copier.copies.set(original, copy)
  copier.unfinished.push(copy)
  return copy
}

function shallowCopy(copier: Copier, original: object): object {
  const prototype = Object.getPrototypeOf(original)
  if (prototype === Object.prototype) return { ...original }
  if (prototype === Array.prototype) return (original as unknown[]).slice()
  if (prototype === Map.prototype) return new Map(original as Map<unknown, unknown>)
  if (prototype === Set.prototype) return new Set(original as Set<unknown>)
  if (prototype === null) return Object.assign(Object.create(null), original)
  if (Object.prototype.toString.call(original) === '[object Generator]')
    throw new CannotCopy('a generator is under way')
  if (original instanceof WeakMap || original instanceof WeakSet)
    throw new CannotCopy('a WeakMap cannot be copied')
  const copy: Record<string, unknown> = Object.assign(Object.create(prototype), original)
  const rule = copier.rules.find((candidate) => candidate.prototype === prototype)
  for (const field of rule?.without ?? []) copy[field] = undefined
  for (const field of rule?.shared ?? []) {
    const part = copy[field]
    if (isObject(part)) copier.copies.set(part, part)
  }
  return copy
}

/** Replaces the parts of a shallow copy by their copies. */
function finish(copier: Copier, copy: object): void {
  if (Array.isArray(copy)) finishArray(copier, copy)
  else if (copy instanceof Map) finishMap(copier, copy)
  else if (copy instanceof Set) finishSet(copier, copy)
  else finishRecord(copier, copy as Record<string, unknown>)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function finishRecord(copier: Copier, copy: Record<string, unknown>): void {
  for (const key in copy) {
    const value = copy[key]
    if (isObject(value)) copy[key] = copyOf(copier, value)
  }
}

function finishArray(copier: Copier, copy: unknown[]): void {
  for (let index = 0; index < copy.length; index++) {
    const value = copy[index]
    if (isObject(value)) copy[index] = copyOf(copier, value)
  }
}

/** The keys of a Map are all records or all values. Either way the order stays. */
function finishMap(copier: Copier, copy: Map<unknown, unknown>): void {
  const [first] = copy.keys()
  if (isObject(first)) return finishKeyedByRecords(copier, copy)
  for (const [key, value] of copy) if (isObject(value)) copy.set(key, copyOf(copier, value))
}

function finishKeyedByRecords(copier: Copier, copy: Map<unknown, unknown>): void {
  const entries = [...copy]
  copy.clear()
  for (const [key, value] of entries)
    copy.set(isObject(key) ? copyOf(copier, key) : key, isObject(value) ? copyOf(copier, value) : value)
}

function finishSet(copier: Copier, copy: Set<unknown>): void {
  let valuesOnly = true
  for (const value of copy) if (isObject(value)) valuesOnly = false
  if (valuesOnly) return
  const values = [...copy]
  copy.clear()
  for (const value of values) copy.add(isObject(value) ? copyOf(copier, value) : value)
}
