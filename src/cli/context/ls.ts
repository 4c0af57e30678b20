// `docker context ls`

import { naturalOrder } from '../../base/go/natural.ts'
import { type Dated, existsIn, inRelease, type Release } from '../../base/release.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { ellipsis } from '../format/ellipsis.ts'
import { formatList, type ListView } from '../format/table.ts'
import { bool as boolType } from '../format/template/types.ts'
import { formatTable } from '../words.ts'
import { contextNamed, currentContext, type Endpoint, warnOfHost } from './current.ts'
import { noContext, storedContexts } from './store.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List contexts',
  aliases: ['list'],
  args: none,
  flags: {
    format: string({ '19.03': 'Pretty-print contexts using a Go template', '28': formatTable }),
    quiet: bool('Only show context names', { short: 'q' }),
  },
  needsDaemon: false,
  run(context, _, { format, quiet }) {
    const { proc, release, traits } = context
    const listed = format === '' || format === 'table'
    const template = listed ? (quiet ? '{{.Name}}' : (inRelease(tableFormat, release) ?? '')) : format
    proc.write(1, formatList(viewOf(release), rowsOf(context), template, traits.format))
    warnOfHost(context, 'a context')
  },
})

interface Row {
  readonly name: string
  readonly current: boolean
  readonly description: string
  readonly host: string
  readonly error: string
  readonly orchestrator: string
}

const head = 'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t'
const tableFormat: Dated<string> = {
  '19.03': `${head}{{.KubernetesEndpoint}}\t{{.StackOrchestrator}}`,
  '28': `${head}{{.Error}}`,
}

const common: ListView<Row>['columns'] = {
  Current: { header: undefined, cell: ({ current }) => current, type: boolType },
  Name: { header: 'NAME', cell: ({ name }) => name },
  Description: { header: 'DESCRIPTION', cell: ({ description }) => description },
  DockerEndpoint: { header: 'DOCKER ENDPOINT', cell: ({ host }) => host },
}
const old: ListView<Row>['columns'] = {
  ...common,
  KubernetesEndpoint: { header: 'KUBERNETES ENDPOINT', cell: () => '' },
  StackOrchestrator: { header: 'ORCHESTRATOR', cell: ({ orchestrator }) => orchestrator },
}
const young: ListView<Row>['columns'] = {
  ...common,
  Error: { header: 'ERROR', cell: ({ error }) => ellipsis(error, 45) },
}

const viewOf = (release: Release): ListView<Row> => ({
  typeName: 'formatter.clientContextContext',
  columns: existsIn(release, '28') ? young : old,
})

function rowsOf(client: Endpoint): Row[] {
  const current = currentContext(client)
  const names = ['default', ...storedContexts(client).map(({ Name }) => Name)]
  if (!names.includes(current)) names.push(current)
  return names.sort(naturalOrder).map((name) => rowOf(client, name, name === current))
}

function rowOf(client: Endpoint, name: string, current: boolean): Row {
  const found = contextNamed(client, name)
  const told = String(found?.Metadata.Description ?? '')
  return {
    name,
    current,
    description: name === 'default' ? 'Current DOCKER_HOST based configuration' : told,
    host: found?.Endpoints.docker?.Host ?? '',
    error: found ? '' : noContext(client, name),
    orchestrator: String(found?.Metadata.StackOrchestrator ?? ''),
  }
}
