// Routes of volumes (moby api/server/router/volume).

import { prune, rm } from '../../engine/volume/rm.ts'
import { createVolume, requireVolume } from '../../engine/volume/volume.ts'
import { isWanted, pruneFilter } from '../filter/volume.ts'
import { readRecord, textMapOf, textOf } from '../json.ts'
import type { JsonRecord } from '../record.ts'
import { type Call, doneRoute, isAsked, jsonRoute, word } from '../route.ts'
import { volumeView } from '../volume.ts'
import { askedFilter } from './filters.ts'

export const volumeRoutes = [
  jsonRoute('GET /volumes', list),
  jsonRoute('POST /volumes/create', createOne, 201),
  jsonRoute('POST /volumes/prune', pruneAll),
  jsonRoute('GET /volumes/{name}', (call) =>
    volumeView(call.engine, requireVolume(call.engine, word(call, 'name'))),
  ),
  doneRoute('DELETE /volumes/{name}', function* (call) {
    rm(call.engine, word(call, 'name'), isAsked(call, 'force'))
  }),
]

function list(call: Call): JsonRecord {
  const wanted = isWanted(call.engine, call.release, askedFilter(call))
  const found = [...call.engine.volumes.values()].filter(wanted)
  return { Volumes: found.map((volume) => volumeView(call.engine, volume)), Warnings: null }
}

function createOne(call: Call): JsonRecord {
  const body = readRecord(call.exchange.request.body)
  const given = (key: string) => (body[key] ? textMapOf(body, key) : undefined)
  const settings = { driver: textOf(body, 'Driver'), labels: given('Labels'), options: given('DriverOpts') }
  return volumeView(call.engine, createVolume(call.engine, textOf(body, 'Name'), settings))
}

function pruneAll(call: Call): JsonRecord {
  const filter = askedFilter(call)
  const all = ['true', '1'].includes(filter.get('all')?.[0] ?? '')
  const { names, reclaimed } = prune(call.engine, all, pruneFilter(call.release, filter))
  return { VolumesDeleted: names.length > 0 ? names : null, SpaceReclaimed: reclaimed }
}
