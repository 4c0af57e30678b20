// The Docker releases that docksim imitates, and values that changed from one to another.
// Only `releases/` may ask which release it is; all others hold dated values and let the release choose.

export const releaseNames = ['19.03', '20.10', '28', '29'] as const

export type Release = (typeof releaseNames)[number]

/** A value, or the values that it had: each key is the first release that has it. */
export type Dated<Value> = Value | { readonly [since in Release]?: Value }

/** The value that `dated` has in `release`; undefined before its first. */
export function inRelease<Value extends string | number | boolean | readonly unknown[]>(
  dated: Dated<Value>,
  release: Release,
): Value | undefined {
  if (typeof dated !== 'object' || Array.isArray(dated)) return dated as Value
  let value: Value | undefined
  for (const name of releaseNames) {
    const changed = (dated as { readonly [since in Release]?: Value })[name]
    if (changed !== undefined) value = changed
    if (name === release) break
  }
  return value
}

/** Whether something that exists from `since` on, and before `until`, exists in `release`. */
export function existsIn(release: Release, since?: Release, until?: Release): boolean {
  const index = releaseNames.indexOf(release)
  return (
    (since === undefined || index >= releaseNames.indexOf(since)) &&
    (until === undefined || index < releaseNames.indexOf(until))
  )
}
