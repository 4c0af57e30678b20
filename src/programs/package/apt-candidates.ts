// What apt could install: the packages in the indexes that were fetched.

import type { Process } from '../../kernel/process.ts'
import { type Paragraph, readParagraphs } from './control.ts'
import { indexUrl, readList, readSources, type Source } from './sources.ts'

export interface Candidate {
  readonly name: string
  readonly version: string
  readonly source: Source
  readonly component: string
  readonly url: string
  /** Bytes to download, and unpacked. */
  readonly size: number
  readonly installedSize: number
  readonly about: Paragraph
}

/** By name; the first source that has a package counts. */
export function candidates(proc: Process): Map<string, Candidate> {
  const found = new Map<string, Candidate>()
  for (const source of readSources(proc))
    for (const component of source.components)
      for (const about of readParagraphs(readList(proc, indexUrl(source, component)))) {
        const name = about.get('Package') ?? ''
        if (!found.has(name)) found.set(name, candidateOf(name, about, source, component))
      }
  return found
}

const candidateOf = (name: string, about: Paragraph, source: Source, component: string): Candidate => ({
  name,
  version: about.get('Version') ?? '',
  source,
  component,
  url: `${source.uri}/${about.get('Filename') ?? ''}`,
  size: Number(about.get('Size') ?? 0),
  installedSize: Number(about.get('Installed-Size') ?? 0) * 1024,
  about,
})
