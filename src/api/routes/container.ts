// Routes of containers, whose answers are whole (moby api/server/router/container). Those with streams are in stream.ts.

import { seconds } from '../../base/instant.ts'
import { isRunning } from '../../engine/container/container.ts'
import { pause, unpause } from '../../engine/container/pause.ts'
import { prune } from '../../engine/container/prune.ts'
import { rename } from '../../engine/container/rename.ts'
import { removeLink, rm } from '../../engine/container/rm.ts'
import { start } from '../../engine/container/start.ts'
import { killNamed, restart, stop } from '../../engine/container/stop.ts'
import { top } from '../../engine/container/top.ts'
import { update } from '../../engine/container/update.ts'
import { imageSize } from '../../engine/image/image.ts'
import { changes, writtenSize } from '../../kernel/fs/changes.ts'
import { containerView } from '../container.ts'
import { filterContainers, looksAtAll } from '../filter/container.ts'
import { hasLabels, isOlder, refuseFilters } from '../filter/filters.ts'
import { jsonBytes, numberOf, readRecord, recordOf, textOf } from '../json.ts'
import { networksView } from '../networksettings.ts'
import type { JsonRecord } from '../record.ts'
import {
  asked,
  askedNumber,
  type Call,
  containerOf,
  doneRoute,
  isAsked,
  jsonRoute,
  route,
  word,
} from '../route.ts'
import type { ContainerRow } from '../row.ts'
import { statusText } from '../status.ts'
import { askedFilter } from './filters.ts'

export const containerRoutes = [
  jsonRoute('GET /containers/json', list),
  jsonRoute('POST /containers/prune', pruneAll),
  jsonRoute('GET /containers/{name}/json', (call) =>
    containerView(call.engine, containerOf(call), call.traits, isAsked(call, 'size')),
  ),
  jsonRoute('GET /containers/{name}/changes', (call) => {
    const found = changes(containerOf(call).files).map(({ kind, path }) => ({
      Path: path,
      Kind: 'CAD'.indexOf(kind),
    }))
    return found.length > 0 ? found : null
  }),
  route('GET /containers/{name}/top', function* (call) {
    const options = asked(call, 'ps_args').split(' ').filter(Boolean)
    const { titles, processes } = yield* top(call.engine, containerOf(call), options)
    call.exchange.answer(200, jsonBytes({ Processes: processes, Titles: titles }))
  }),
  route('POST /containers/{name}/start', function* (call) {
    const container = containerOf(call)
    if (isRunning(container)) return call.exchange.answer(304)
    start(call.engine, container)
    call.exchange.answer(204)
  }),
  route('POST /containers/{name}/stop', function* (call) {
    const container = containerOf(call)
    if (!isRunning(container)) return call.exchange.answer(304)
    yield* stop(call.engine, container, grace(call), asked(call, 'signal') || undefined)
    call.exchange.answer(204)
  }),
  doneRoute('POST /containers/{name}/restart', (call) =>
    restart(
      call.engine,
      containerOf(call),
      word(call, 'name'),
      grace(call),
      asked(call, 'signal') || undefined,
    ),
  ),
  doneRoute('POST /containers/{name}/kill', (call) =>
    killNamed(call.engine, word(call, 'name'), asked(call, 'signal') || 'KILL'),
  ),
  doneRoute('POST /containers/{name}/pause', function* (call) {
    pause(call.engine, containerOf(call))
  }),
  doneRoute('POST /containers/{name}/unpause', function* (call) {
    unpause(call.engine, containerOf(call))
  }),
  doneRoute('POST /containers/{name}/rename', function* (call) {
    rename(call.engine, word(call, 'name'), asked(call, 'name'))
  }),
  jsonRoute('POST /containers/{name}/update', changeSettings),
  doneRoute('DELETE /containers/{name}', function* (call) {
    const name = word(call, 'name')
    if (isAsked(call, 'link')) return removeLink(call.engine, name)
    const removal = { force: isAsked(call, 'force'), volumes: isAsked(call, 'v'), link: false }
    yield* rm(call.engine, containerOf(call), name, removal)
  }),
]

function grace(call: Call): number | undefined {
  const time = askedNumber(call, 't')
  return time === undefined ? undefined : seconds(time)
}

function list(call: Call): JsonRecord[] {
  const { engine, release } = call
  const filter = askedFilter(call)
  const limit = askedNumber(call, 'limit') ?? 0
  const all = isAsked(call, 'all') || limit > 0 || looksAtAll(filter)
  const listed = [...engine.containers.values()]
    .reverse()
    .filter((container) => all || isRunning(container) || container.state.status === 'restarting')
  const rows = filterContainers(engine, release, filter, listed)
  return (limit > 0 ? rows.slice(0, limit) : rows).map((row) => rowView(call, row))
}

function rowView(call: Call, row: ContainerRow): JsonRecord {
  const { engine, traits, exchange } = call
  const { container } = row
  return {
    Id: container.id,
    Names: row.names,
    Image: row.image,
    ImageID: container.image.id,
    Command: row.command,
    Created: Number(row.created / 1_000_000_000n),
    Ports: row.ports.map(portView),
    ...(isAsked(call, 'size') && {
      SizeRw: writtenSize(container.files) || undefined,
      SizeRootFs: imageSize(container.image) + writtenSize(container.files),
    }),
    Labels: Object.fromEntries([...container.config.labels].sort()),
    State: container.state.status,
    Status: statusText(container, exchange.proc.moment()),
    HostConfig: { NetworkMode: container.host.networkMode },
    NetworkSettings: { Networks: networksView(engine, container, traits) },
    Mounts: row.mounts,
  }
}

const portView = ({ ip, privatePort, publicPort, type }: ContainerRow['ports'][number]): JsonRecord => ({
  IP: ip || undefined,
  PrivatePort: privatePort,
  PublicPort: publicPort,
  Type: type,
})

function changeSettings(call: Call): JsonRecord {
  const body = readRecord(call.exchange.request.body)
  const policy = recordOf(body, 'RestartPolicy')
  const name = textOf(policy, 'Name')
  const kept = Object.entries(body).filter(
    ([key, value]) => key !== 'RestartPolicy' && value !== 0 && value !== '' && value !== null,
  )
  update(call.engine, containerOf(call), {
    restartPolicy:
      name === '' ? undefined : { name, maximumRetryCount: numberOf(policy, 'MaximumRetryCount') ?? 0 },
    kept: new Map(kept),
  })
  return { Warnings: null }
}

function pruneAll(call: Call): JsonRecord {
  const filter = askedFilter(call)
  refuseFilters(call.release, filter, ['label', 'label!', 'until'])
  const isOld = isOlder(call.engine, filter.get('until') ?? [])
  const { ids, reclaimed } = prune(
    call.engine,
    ({ config, created }) => hasLabels(filter, config.labels) && isOld(created),
  )
  return { ContainersDeleted: ids.length > 0 ? ids : null, SpaceReclaimed: reclaimed }
}
