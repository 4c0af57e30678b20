// Image references: `nginx`, `nginx:1.27`, `docker.io/library/nginx:latest`, `repo@sha256:…`
// (distribution/reference). Familiar names leave out docker.io/library.

import { EngineError } from '../error.ts'

export interface Reference {
  /** `docker.io` */
  readonly domain: string
  /** `library/nginx` */
  readonly path: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const pathPattern = new RegExp(`^${component}(?:/${component})*$`)
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/

/** What `text` names. Throws EngineError in the words of distribution/reference (reference.go). */
export function parseReference(text: string): Reference {
  const [named = '', digest, ...more] = text.split('@')
  const { domain, remainder } = splitDomain(named)
  const colon = remainder.lastIndexOf(':')
  const path = colon < 0 ? remainder : remainder.slice(0, colon)
  const tag = colon < 0 ? undefined : remainder.slice(colon + 1)
  if (path !== path.toLowerCase()) throw new UppercaseReference(path)
  const bad =
    !pathPattern.test(path) ||
    more.length > 0 ||
    (tag !== undefined && !tagPattern.test(tag)) ||
    (digest !== undefined && !digestPattern.test(digest))
  if (bad) throw new EngineError('invalid', 'invalid reference format')
  return { domain, path, tag, digest }
}

/** The repository has upper-case letters; each release words it its own way. */
export class UppercaseReference extends EngineError {
  readonly path: string

  constructor(path: string) {
    super('invalid', 'invalid reference format: repository name must be lowercase')
    this.path = path
  }
}

function splitDomain(named: string): { domain: string; remainder: string } {
  const slash = named.indexOf('/')
  const first = named.slice(0, slash)
  if (slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()))
    return { domain: first, remainder: named.slice(slash + 1) }
  return { domain: 'docker.io', remainder: slash < 0 ? `library/${named}` : named }
}

/** `nginx` for docker.io/library/nginx; other names in full. */
export function familiarName(reference: Reference): string {
  if (reference.domain !== 'docker.io') return `${reference.domain}/${reference.path}`
  return reference.path.replace(/^library\//, '')
}

/** `nginx:latest`: the familiar name, and the tag that is meant when none is given. */
export const familiarTag = (reference: Reference): string =>
  `${familiarName(reference)}:${reference.tag ?? 'latest'}`

/** `docker.io/library/nginx:latest` */
export const fullName = (reference: Reference): string =>
  `${reference.domain}/${reference.path}${reference.digest ? `@${reference.digest}` : `:${reference.tag ?? 'latest'}`}`
