// The lock file: `npm ci` refuses one in which a package's optional dependency (a build for another platform) is
// missing, on every platform.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Locked {
  optionalDependencies?: Record<string, string>
}

test('the lock file has every build for every platform', () => {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
  const packages: Record<string, Locked> = JSON.parse(text).packages
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  expect(wanted.length).toBeGreaterThan(0)
  expect(wanted.filter((name) => !(`node_modules/${name}` in packages))).toEqual([])
})
