// Routes of images (moby api/server/router/image).

import { inDaemon } from '../../engine/daemon/work.ts'
import { EngineError } from '../../engine/error.ts'
import { type Image, imageSize } from '../../engine/image/image.ts'
import { prune } from '../../engine/image/prune.ts'
import { createReport, type PullProgress, pull } from '../../engine/image/pull.ts'
import { rm } from '../../engine/image/rm.ts'
import { digestsOf, findImage, tagsOf } from '../../engine/image/store.ts'
import { tag } from '../../engine/image/tag.ts'
import { hasLabels, isOlder, refuseFilters } from '../filter/filters.ts'
import { imageFilter } from '../filter/image.ts'
import { historyOf } from '../history.ts'
import { imageView } from '../image.ts'
import { jsonBytes } from '../json.ts'
import { type JsonRecord, sortedRecord } from '../record.ts'
import { readReference, requireImage } from '../reference.ts'
import { asked, type Call, isAsked, jsonRoute, route, word } from '../route.ts'
import { askedFilter } from './filters.ts'

const named = (call: Call): Image => requireImage(call.engine.images, word(call, 'name'), call.release)

export const imageRoutes = [
  jsonRoute('GET /images/json', list),
  route('POST /images/create', pullOne),
  jsonRoute('POST /images/prune', pruneAll),
  jsonRoute('GET /images/{name...}/json', (call) => imageView(call.engine, named(call), call.traits)),
  jsonRoute('GET /images/{name...}/history', (call) => historyView(call, named(call))),
  route('POST /images/{name...}/tag', function* (call) {
    const [repo, name] = [asked(call, 'repo'), asked(call, 'tag')]
    tag(call.engine, named(call), readReference(name === '' ? repo : `${repo}:${name}`, call.release))
    call.exchange.answer(201)
  }),
  jsonRoute('DELETE /images/{name...}', (call) => {
    const name = word(call, 'name')
    if (!findImage(call.engine.images, name)) readReference(name, call.release)
    return rm(call.engine, name, isAsked(call, 'force'), !isAsked(call, 'noprune')).lines.map(removalView)
  }),
]

/** `Untagged: x` as `{"Untagged": "x"}`. */
function removalView(line: string): JsonRecord {
  const [verb = '', ...rest] = line.split(': ')
  return { [verb]: rest.join(': ') }
}

const secondsOf = (image: Image): number => Number(image.created / 1_000_000_000n)

function list({ engine, release, exchange, words, traits }: Call): JsonRecord[] {
  const { images } = engine
  const filter = imageFilter(engine, release, askedFilter({ engine, release, exchange, words, traits }))
  return [...images.images.values()]
    .filter(filter.wants)
    .sort((left, right) => Number(right.created - left.created))
    .map((image) => ({
      Containers: -1,
      Created: secondsOf(image),
      Id: image.id,
      Labels: orNull(
        Object.keys(image.config.labels).length > 0,
        sortedRecord(Object.entries(image.config.labels)),
      ),
      ParentId: '',
      RepoDigests: orNull(digestsOf(images, image).length > 0, digestsOf(images, image).sort()),
      RepoTags: tagsOf(images, image).sort().filter(filter.wantsName),
      SharedSize: -1,
      Size: imageSize(image),
    }))
}

const orNull = <Value>(given: boolean, value: Value): Value | null => (given ? value : null)

function historyView({ engine: { images } }: Call, image: Image): JsonRecord[] {
  return historyOf(images, image).map(({ id, created, createdBy, comment, size }) => {
    const made = images.images.get(id)
    const tags = made ? tagsOf(images, made) : []
    return {
      Comment: comment,
      Created: Number(created / 1_000_000_000n),
      CreatedBy: createdBy,
      Id: id,
      Size: size,
      Tags: orNull(tags.length > 0, tags),
    }
  })
}

/** Refusals before the first line are answers of their own; those after it are the last line. */
function* pullOne(call: Call) {
  const { engine, exchange, release } = call
  const name = asked(call, 'fromImage')
  if (name === '') throw new EngineError('invalid', 'docksim does not simulate docker import through the API')
  const label = asked(call, 'tag')
  const joint = label.includes(':') ? '@' : ':'
  const reference = readReference(label === '' ? name : `${name}${joint}${label}`, release)
  const report = createReport()
  const work = inDaemon(engine, pull(engine, reference, report))
  let shown = 0
  for (let step = work.next(); ; step = work.next()) {
    for (; shown < report.progress.length; shown++) {
      const progress = report.progress[shown]
      if (!exchange.begun) exchange.begin()
      if (progress) yield* exchange.send(jsonBytes(progressView(progress)))
    }
    if (step.done) return
    yield { ...step.value, on: [...(step.value.on ?? []), report.reported] }
  }
}

const progressView = ({ id, status, current, total }: PullProgress): JsonRecord => ({
  status,
  ...(current !== undefined && { progressDetail: { current, total } }),
  id,
})

function pruneAll(call: Call): JsonRecord {
  const filter = askedFilter(call)
  refuseFilters(call.release, filter, ['label', 'label!', 'until', 'dangling'])
  const isOld = isOlder(call.engine, filter.get('until') ?? [])
  const all = ['false', '0'].includes(filter.get('dangling')?.[0] ?? 'true')
  const { lines, reclaimed } = prune(
    call.engine,
    all,
    ({ config, created }) => hasLabels(filter, new Map(Object.entries(config.labels))) && isOld(created),
  )
  return { ImagesDeleted: lines.length > 0 ? lines.map(removalView) : null, SpaceReclaimed: reclaimed }
}
