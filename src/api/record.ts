// Records in the key order of a release, and Go's maps in the order in which they are encoded.

export type JsonRecord = Readonly<Record<string, unknown>>

/** The members of `record` that `keys` names, in that order; undefined ones are left out. */
export function inOrder(record: JsonRecord, keys: readonly string[]): JsonRecord {
  const entries = keys.map((key) => [key, record[key]] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A map as JSON has it: sorted by key. */
export function sortedRecord<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  return Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)))
}
