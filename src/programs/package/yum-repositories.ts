// The repositories that yum knows: lists of mirrors, the indexes of one of them, and what is installed by rpm.

import type { Task } from '../../base/scheduler.ts'
import { mayAccess, readTextIfAny } from '../../kernel/fs/read.ts'
import { makeDirectory, writeText } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { type Paragraph, readParagraphs, writeParagraph } from './control.ts'
import { explainToYum, fetchFile, transfer } from './fetch.ts'

export interface Repositories {
  readonly known: ReadonlyMap<string, Paragraph>
  /** Other names → packages. */
  readonly provides: ReadonlyMap<string, string>
}

const database = '/var/lib/rpm/Packages'

/** `wget-1.14-18.el7_6.1.x86_64`, with the epoch in front if it has one. */
export function labelOf(about: Paragraph): string {
  const [, epoch = '', version = ''] = /^(\d+:)?(.*)$/.exec(about.get('Version') ?? '') ?? []
  return `${epoch}${about.get('Package')}-${version}.${about.get('Architecture')}`
}

export const fileOf = (about: Paragraph): string => `${labelOf(about).replace(/^\d+:/, '')}.rpm`

export const installedRpms = (proc: Process): Map<string, Paragraph> =>
  new Map(readParagraphs(readTextIfAny(proc, database)).map((each) => [each.get('Package') ?? '', each]))

export function saveRpms(proc: Process, installed: ReadonlyMap<string, Paragraph>): void {
  makeDirectory(proc, '/var/lib/rpm', { parents: true })
  writeText(proc, database, [...installed.values()].map((each) => `${writeParagraph(each)}\n`).join(''))
}

interface Repository {
  readonly id: string
  readonly mirrorList: string | undefined
  readonly baseUrl: string | undefined
}

/** The enabled repositories of /etc/yum.repos.d. */
function repositoriesOf(proc: Process): Repository[] {
  const text = readTextIfAny(proc, '/etc/yum.repos.d/CentOS-Base.repo')
  return text.split(/^(?=\[)/m).flatMap((section) => {
    const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(section)?.[1]
    const id = /^\[(.+)\]/.exec(section)?.[1]
    if (id === undefined || value('enabled') === '0') return []
    return [{ id, mirrorList: value('mirrorlist'), baseUrl: value('baseurl') }]
  })
}

const variables: Readonly<Record<string, string>> = {
  releasever: '7',
  basearch: 'x86_64',
  infra: 'container',
}
const filled = (text: string): string =>
  text.replace(/\$(\w+)/g, (whole, name: string) => variables[name] ?? whole)

/** All that the repositories have; a status if one of them failed. It waits, and tells what it does. */
export function* loadRepositories(proc: Process): Task<Repositories | number> {
  if (!mayAccess(proc, '/etc', 2)) return 1
  const known = new Map<string, Paragraph>()
  const provides = new Map<string, string>()
  const mirrors: string[] = []
  proc.print('Determining fastest mirrors')
  for (const repository of repositoriesOf(proc)) {
    const base = yield* baseOf(proc, repository)
    if (base === undefined) return noMirror(proc, repository.id)
    mirrors.push(` * ${repository.id}: ${/^https?:\/\/([^/]+)/.exec(base)?.[1]}`)
    const answer = yield* fetchFile(proc, `${base}repodata/primary`)
    if (!answer.ok || answer.status !== 200) {
      proc.print(
        `${base}repodata/repomd.xml: ${answer.ok ? '[Errno 14] HTTP Error 404 - Not Found' : explainToYum(answer.failure)}`,
      )
      return noMirror(proc, repository.id)
    }
    yield* transfer(proc, indexSize)
    for (const about of readParagraphs(answer.body)) {
      const name = about.get('Package') ?? ''
      const url = `${base}Packages/${name}.rpm`
      known.set(name, new Map([...about, ['Repository', repository.id], ['Url', url]]))
      for (const other of (about.get('Provides') ?? '').split(', ').filter(Boolean)) provides.set(other, name)
    }
  }
  for (const line of mirrors.sort()) proc.print(line)
  return { known, provides }
}

/** Bytes of the indexes of a repository. */
const indexSize = 12_000_000

function* baseOf(proc: Process, { mirrorList, baseUrl }: Repository): Task<string | undefined> {
  if (mirrorList === undefined) return baseUrl && filled(baseUrl)
  const url = filled(mirrorList)
  const answer = yield* fetchFile(proc, url)
  if (answer.ok && answer.status === 200) return answer.body.split('\n')[0]
  const why = answer.ok
    ? '14: HTTP Error 404 - Not Found'
    : `14: ${explainToYum(answer.failure).replace('[Errno 14] ', '')}`
  proc.printError(`Could not retrieve mirrorlist ${url} error was\n${why}`)
  return undefined
}

function noMirror(proc: Process, id: string): number {
  proc.printError(`

 One of the configured repositories failed (Unknown),
 and yum doesn't have enough cached data to continue. At this point the only
 safe thing yum can do is fail. There are a few ways to work "fix" this:

     1. Contact the upstream for the repository and get them to fix the problem.

     2. Reconfigure the baseurl/etc. for the repository, to point to a working
        upstream. This is most often useful if you are using a newer
        distribution release than is supported by the repository (and the
        packages for the previous distribution release still work).

     3. Run the command with the repository temporarily disabled
            yum --disablerepo=<repoid> ...

     4. Disable the repository permanently, so yum won't use it by default. Yum
        will then just ignore the repository until you permanently enable it
        again or use --enablerepo for temporary usage:

            yum-config-manager --disable <repoid>
        or
            subscription-manager repos --disable=<repoid>

     5. Configure the failing repository to be skipped, if it is unavailable.
        Note that yum will try to contact the repo. when it runs most commands,
        so will have to try and fail each time (and thus. yum will be be much
        slower). If it is a very temporary problem though, this is often a nice
        compromise:

            yum-config-manager --save --setopt=<repoid>.skip_if_unavailable=true

Cannot find a valid baseurl for repo: ${id}/7/x86_64`)
  return 1
}
