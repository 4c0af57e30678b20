// Package mirrors: the indexes and packages of the distributions that images are made of. A package is a page whose
// body lists the files that it brings.

import { packagesOf } from '../../images/packages.ts'
import type { Page } from './web.ts'

export const mirrors: readonly string[] = [
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'deb.debian.org',
  'dl-cdn.alpinelinux.org',
]

/** `/…/Packages` is the index, `/…/NAME.pkg` a package, everything else that a client asks for is an empty file. */
export function mirrorPage(mirror: string, path: string): Page | undefined {
  const packages = packagesOf(mirror)
  if (path.endsWith('/Packages'))
    return page(packages.map(({ name, version, size, depends }) => ({ name, version, size, depends })))
  const [, name] = /\/([^/]+)\.pkg$/.exec(path) ?? []
  if (name === undefined) return { status: 200, type: 'text/plain', body: '' }
  const wanted = packages.find((candidate) => candidate.name === name)
  return wanted && page(wanted)
}

const page = (value: unknown): Page => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
})
