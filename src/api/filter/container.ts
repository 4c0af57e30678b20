// Which containers `docker ps --filter` lets through (moby daemon/list.go).

import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { type Container, requireContainer } from '../../engine/container/container.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/error.ts'
import { findImage } from '../../engine/image/store.ts'
import { type ContainerRow, containerRow } from '../row.ts'
import { type Filter, hasLabels, invalidFilter, matchesText, refuseFilters } from './filters.ts'

const known = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
]
const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']
const healths = ['none', 'starting', 'healthy', 'unhealthy']

type Test = (row: ContainerRow) => boolean

/** Rows of the containers that `filter` lets through, in their order. @throws EngineError */
export function filterContainers(
  engine: Engine,
  release: Release,
  filter: Filter,
  containers: readonly Container[],
): ContainerRow[] {
  refuseFilters(release, filter, known)
  refuseValues(release, filter)
  const bounded = between(engine, release, filter, containers)
  const tests = testsOf(engine, release, filter)
  return bounded
    .map((container) => containerRow(engine, container))
    .filter((row) => hasLabels(filter, row.container.config.labels) && tests.every((test) => test(row)))
}

/** A filter by state, or by exit status, looks at all containers. */
export const looksAtAll = (filter: Filter): boolean => filter.has('status') || filter.has('exited')

function refuseValues(release: Release, filter: Filter): void {
  for (const state of filter.get('status') ?? [])
    if (!states.includes(state))
      throw invalidFilter(
        release,
        `status=${state}`,
        `invalid value for state (${state}): must be one of ${states.join(', ')}`,
      )
  for (const health of filter.get('health') ?? [])
    if (!healths.includes(health)) throw badHealth(release, health)
  const isTask = filter.get('is-task') ?? []
  if (isTask.some((value) => !['true', 'false', '0', '1'].includes(value)))
    throw invalidFilter(release, `is-task=[${isTask.join(' ')}]`)
}

function badHealth(release: Release, health: string): EngineError {
  const reason = `invalid value for health (${health}): must be one of ${healths.join(', ')}`
  const older = `Unrecognised filter value for health: ${health}`
  return inRelease({ '19.03': true, '28': false }, release)
    ? new EngineError('invalid', older)
    : invalidFilter(release, `health=${health}`, reason)
}

/** Containers are listed from the youngest on. */
function between(
  engine: Engine,
  release: Release,
  filter: Filter,
  containers: readonly Container[],
): readonly Container[] {
  const [before] = filter.get('before') ?? []
  const [since] = filter.get('since') ?? []
  const oldest = since === undefined ? undefined : named(engine, release, since)
  const youngest = before === undefined ? undefined : named(engine, release, before)
  const order = [...engine.containers.values()]
  const place = (container: Container): number => order.indexOf(container)
  return containers.filter(
    (container) =>
      (oldest === undefined || place(container) > place(oldest)) &&
      (youngest === undefined || place(container) < place(youngest)),
  )
}

function named(engine: Engine, release: Release, name: string): Container {
  try {
    return requireContainer(engine, name)
  } catch (cause) {
    if (!(cause instanceof EngineError) || !inRelease({ '19.03': true, '28': false }, release)) throw cause
    throw new EngineError('notFound', `no such container ${name}`)
  }
}

function testsOf(engine: Engine, release: Release, filter: Filter): Test[] {
  const tests: Test[] = []
  const any = (key: string, accepts: (row: ContainerRow, value: string) => boolean): void => {
    const values = filter.get(key)
    if (values) tests.push((row) => values.some((value) => accepts(row, value)))
  }
  any('id', ({ container }, value) => matchesText(container.id, value))
  any('name', ({ names }, value) =>
    names.some((name) => matchesText(name, value) || matchesText(name.slice(1), value)),
  )
  any('status', ({ container }, value) => container.state.status === value)
  any('health', ({ container }, value) => (container.state.health?.status ?? 'none') === value)
  any('is-task', (_, value) => value === 'false' || value === '0')
  any('ancestor', ({ container }, value) => findImage(engine.images, value) === container.image)
  any('network', ({ container }, value) => isOn(container, value))
  any('volume', ({ mounts }, value) =>
    mounts.some(({ Name, Destination }) => Name === value || Destination === value),
  )
  const exits = (filter.get('exited') ?? []).map((value) => exitCode(release, value))
  if (exits.length > 0)
    tests.push(
      ({ container }) => container.state.status === 'exited' && exits.includes(container.state.exitCode),
    )
  const published = inRelease(publishMeans, release) ?? 'publicPort'
  const wanted = [...portFilter('publish', filter, published), ...portFilter('expose', filter, 'privatePort')]
  if (wanted.length > 0) tests.push(({ ports }) => ports.some((port) => wanted.some((one) => one(port))))
  return tests
}

function isOn({ attachments }: Container, value: string): boolean {
  return [...attachments.values()].some(
    ({ networkName, networkId }) =>
      networkName === value || (networkId !== '' && networkId.startsWith(value)),
  )
}

function exitCode(release: Release, text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  const reason = `strconv.Atoi: parsing "${text}": invalid syntax`
  throw inRelease({ '19.03': true, '28': false }, release)
    ? new EngineError('invalid', reason)
    : invalidFilter(release, `exited=${text}`, reason)
}

type PortTest = (port: ContainerRow['ports'][number]) => boolean

/** The oldest daemon compares `publish` with the port inside. */
const publishMeans: Dated<'publicPort' | 'privatePort'> = { '19.03': 'privatePort', '20.10': 'publicPort' }

/** `8080`, `8080/udp`, `8000-9000`. */
function portFilter(
  key: 'publish' | 'expose',
  filter: Filter,
  compared: 'publicPort' | 'privatePort',
): PortTest[] {
  return (filter.get(key) ?? []).map((text) => {
    const [range = '', protocol = 'tcp'] = text.split('/')
    const [first = 0, last = first] = range.split('-').map(Number)
    if (!Number.isInteger(first) || !Number.isInteger(last))
      throw new EngineError('invalid', `invalid port: ${text}`)
    return (port) => {
      const number = port[compared]
      return number !== undefined && number >= first && number <= last && port.type === protocol
    }
  })
}
