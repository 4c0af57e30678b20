// `docker version`: what it tells, as a record for templates and as text (docker/cli cli/command/system/version.go).

import type { JsonRecord } from '../../api/record.ts'
import { existsIn, type Release } from '../../base/release.ts'
import { as, bool, list, map, omitEmpty, pointer, struct, text } from '../format/template/types.ts'
import type { ClientVersion } from '../traits.ts'

const platform = struct('struct { Name string }', { Name: text })

const client = struct('system.clientVersion', {
  Platform: omitEmpty(pointer(platform)),
  Version: text,
  APIVersion: as('ApiVersion', text),
  DefaultAPIVersion: omitEmpty(text),
  GitCommit: text,
  GoVersion: text,
  Os: text,
  Arch: text,
  BuildTime: omitEmpty(text),
  Context: text,
  Experimental: omitEmpty(bool),
})

const server = struct('types.Version', {
  Platform: omitEmpty(platform),
  Components: omitEmpty(
    list(struct('types.ComponentVersion', { Name: text, Version: text, Details: omitEmpty(map(text)) })),
  ),
  Version: text,
  APIVersion: as('ApiVersion', text),
  MinAPIVersion: omitEmpty(text),
  GitCommit: text,
  GoVersion: text,
  Os: text,
  Arch: text,
  KernelVersion: omitEmpty(text),
  Experimental: omitEmpty(bool),
  BuildTime: omitEmpty(text),
})

export const versionShape = struct('system.versionInfo', { Client: client, Server: pointer(server) })

export interface VersionView {
  readonly Client: JsonRecord
  readonly Server: JsonRecord | null
}

export function versionView(
  release: Release,
  { version, apiVersion, gitCommit, goVersion, built, tellsContext, experimental }: ClientVersion,
  server: JsonRecord | undefined,
): VersionView {
  const older = !existsIn(release, '28')
  return {
    Client: {
      ...(older && { Platform: { Name: '' } }),
      Version: version,
      ApiVersion: apiVersion,
      DefaultAPIVersion: apiVersion,
      GitCommit: gitCommit,
      GoVersion: goVersion,
      Os: 'linux',
      Arch: 'amd64',
      BuildTime: built,
      ...(tellsContext && { Context: 'default' }),
      ...(experimental !== undefined && { Experimental: experimental }),
    },
    Server: server ?? null,
  }
}

/** The text without a format. */
export function versionText({ Client: mine, Server: theirs }: VersionView): string {
  const lines = ['Client:', ...linesOf(mine, ' ', 19)]
  const { Experimental } = mine
  if (Experimental !== undefined) lines.push(row(' ', 'Experimental', String(Experimental), 19))
  return `${[...lines, ...(theirs ? serverLines(theirs) : [])].join('\n')}\n`
}

function linesOf(version: JsonRecord, indent: string, width: number, minimum = ''): string[] {
  const { Version, ApiVersion, GoVersion, GitCommit, BuildTime, Os, Arch, Context } = version
  const rows: [string, unknown][] = [
    ['Version', Version],
    ['API version', `${ApiVersion}${minimum}`],
    ['Go version', GoVersion],
    ['Git commit', GitCommit],
    ['Built', BuildTime],
    ['OS/Arch', `${Os}/${Arch}`],
    ...(Context === undefined ? [] : [['Context', Context] as [string, unknown]]),
  ]
  return rows.map(([name, value]) => row(indent, name, String(value), width))
}

const row = (indent: string, name: string, value: string, width: number): string =>
  `${indent}${`${name}:`.padEnd(width)}${value}`

interface Component {
  readonly Name: string
  readonly Version: string
  readonly Details: JsonRecord
}

function serverLines({ Components, MinAPIVersion }: JsonRecord): string[] {
  const components = Components as readonly Component[]
  return [
    '',
    'Server:',
    ...components.flatMap(({ Name, Version, Details }) => {
      const head = ` ${Name}:`
      if (Name === 'Engine')
        return [
          head,
          ...linesOf({ ...Details, Version }, '  ', 18, ` (minimum version ${MinAPIVersion})`),
          row('  ', 'Experimental', 'false', 18),
        ]
      const { GitCommit } = Details
      return [head, row('  ', 'Version', Version, 18), row('  ', 'GitCommit', String(GitCommit), 18)]
    }),
  ]
}
