// The order in which bash lists an associative array: that of its hash table (bash hashlib.c: FNV-1 over the key,
// 1024 buckets, newest first within a bucket).

/** `entries`, oldest first, in bash's order. */
export function bucketOrder(entries: readonly [string, string][]): [string, string][] {
  const placed = entries.map((entry, age) => ({ entry, age, bucket: bucketOf(entry[0]) }))
  placed.sort((a, b) => a.bucket - b.bucket || b.age - a.age)
  return placed.map(({ entry }) => entry)
}

const buckets = 1024

function bucketOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++)
    hash = (Math.imul(hash, 0x01000193) ^ key.charCodeAt(index)) >>> 0
  return hash & (buckets - 1)
}
