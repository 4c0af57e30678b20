// Constants: records that never change after they were made, and so may be shared by any number of worlds and their forks.

/** Freezes a record and all records below it, Maps and Sets with them (nobody may write these afterwards either). */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  if (value instanceof Map) {
    for (const [key, part] of value) {
      freezeDeep(key)
      freezeDeep(part)
    }
  } else if (value instanceof Set) for (const part of value) freezeDeep(part)
  else for (const part of Object.values(value)) freezeDeep(part)
  return value
}
