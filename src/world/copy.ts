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
  const copier: Copier = { copies: new Map(), records: [], arrays: [], maps: [], sets: [], rules }
  const copy = copyOf(copier, root)
  while (finishAll(copier));
  return copy as Root
}

interface Copier {
  /** Originals and their copies; what is shared is its own copy. */
  readonly copies: Map<object, object>
  // Copies whose parts are still the original's, by kind.
  readonly records: Record<string, unknown>[]
  readonly arrays: unknown[][]
  readonly maps: Map<unknown, unknown>[]
  readonly sets: Set<unknown>[]
  readonly rules: readonly CopyRule[]
}

/** The copy of a part; a new one is put aside to be finished later. */
function copyOf(copier: Copier, original: object): object {
  const known = copier.copies.get(original)
  if (known !== undefined) return known
  const copy = Object.isExtensible(original) ? shallowCopy(copier, original) : original
  copier.copies.set(original, copy)
  return copy
}

/** Kinds are told apart by `constructor`, which costs less than to ask for the prototype. */
function shallowCopy(copier: Copier, original: object): object {
  switch (original.constructor) {
    case Object: {
      const copy = { ...original }
      copier.records.push(copy)
      return copy
    }
    case Array: {
      const copy = (original as unknown[]).slice()
      copier.arrays.push(copy)
      return copy
    }
    case Map: {
      const copy = new Map(original as Map<unknown, unknown>)
      if (copy.size > 0) copier.maps.push(copy)
      return copy
    }
    case Set: {
      const copy = new Set(original as Set<unknown>)
      if (copy.size > 0) copier.sets.push(copy)
      return copy
    }
    default:
      return copyInstance(copier, original)
  }
}

function copyInstance(copier: Copier, original: object): object {
  if (Object.prototype.toString.call(original) === '[object Generator]')
    throw new CannotCopy('a generator is under way')
  if (original instanceof WeakMap || original instanceof WeakSet)
    throw new CannotCopy('a WeakMap cannot be copied')
  const prototype = Object.getPrototypeOf(original)
  const copy: Record<string, unknown> = Object.assign(Object.create(prototype), original)
  const rule = copier.rules.find((candidate) => candidate.prototype === prototype)
  for (const field of rule?.without ?? []) copy[field] = undefined
  for (const field of rule?.shared ?? []) {
    const part = copy[field]
    if (isObject(part)) copier.copies.set(part, part)
  }
  copier.records.push(copy)
  return copy
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Replaces the parts of the copies that were put aside by their copies; false if there were none. */
function finishAll(copier: Copier): boolean {
  const { records, arrays, maps, sets } = copier
  let any = false
  for (let next = records.pop(); next; next = records.pop(), any = true) finishRecord(copier, next)
  for (let next = arrays.pop(); next; next = arrays.pop(), any = true) finishArray(copier, next)
  for (let next = maps.pop(); next; next = maps.pop(), any = true) finishMap(copier, next)
  for (let next = sets.pop(); next; next = sets.pop(), any = true) finishSet(copier, next)
  return any
}

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
