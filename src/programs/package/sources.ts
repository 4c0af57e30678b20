// Where apt gets its indexes (sources.list(5)), in both formats; and where it keeps them.

import { isErrno } from '../../base/errno.ts'
import { readDirectory, readTextIfAny } from '../../kernel/fs/read.ts'
import { makeDirectory, removeTree, writeText } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { type Paragraph, readParagraphs } from './control.ts'

/** One suite of one archive. */
export interface Source {
  /** `http://deb.debian.org/debian`, without a slash at its end. */
  readonly uri: string
  readonly suite: string
  readonly components: readonly string[]
}

/** All enabled sources of binary packages, in order. */
export function readSources(proc: Process): Source[] {
  const parts = '/etc/apt/sources.list.d'
  const found = oneLine(readTextIfAny(proc, '/etc/apt/sources.list'))
  for (const name of namesIn(proc, parts)) {
    const text = readTextIfAny(proc, `${parts}/${name}`)
    if (name.endsWith('.list')) found.push(...oneLine(text))
    if (name.endsWith('.sources')) found.push(...paragraphs(text))
  }
  return found
}

function oneLine(text: string): Source[] {
  return text.split('\n').flatMap((line) => {
    const [type, uri = '', suite = '', ...components] = line
      .replace(/#.*/, '')
      .replace(/\[.*?\]/, '')
      .trim()
      .split(/\s+/)
    return type === 'deb' && suite !== '' ? [{ uri: withoutSlash(uri), suite, components }] : []
  })
}

function paragraphs(text: string): Source[] {
  const words = (fields: Paragraph, name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean)
  return readParagraphs(text.replace(/^#.*\n/gm, '')).flatMap((fields) => {
    if (!words(fields, 'Types').includes('deb') || fields.get('Enabled') === 'no') return []
    return words(fields, 'URIs').flatMap((uri) =>
      words(fields, 'Suites').map((suite) => ({
        uri: withoutSlash(uri),
        suite,
        components: words(fields, 'Components'),
      })),
    )
  })
}

const withoutSlash = (uri: string): string => uri.replace(/\/+$/, '')

const lists = '/var/lib/apt/lists'

const listName = (url: string): string => url.replace(/^[a-z]+:\/\//, '').replaceAll('/', '_')

/** The index that was fetched from `url`; '' if none was. */
export const readList = (proc: Process, url: string): string =>
  readTextIfAny(proc, `${lists}/${listName(url)}`)

export function saveList(proc: Process, url: string, text: string): void {
  makeDirectory(proc, lists, { parents: true })
  writeText(proc, `${lists}/${listName(url)}`, text)
}

export function dropLists(proc: Process): void {
  for (const name of namesIn(proc, lists)) removeTree(proc, `${lists}/${name}`)
}

export const releaseUrl = ({ uri, suite }: Source): string => `${uri}/dists/${suite}/InRelease`
export const indexUrl = ({ uri, suite }: Source, component: string): string =>
  `${uri}/dists/${suite}/${component}/binary-amd64/Packages`

function namesIn(proc: Process, directory: string): string[] {
  try {
    return readDirectory(proc, directory)
  } catch (cause) {
    if (isErrno(cause)) return []
    throw cause
  }
}
