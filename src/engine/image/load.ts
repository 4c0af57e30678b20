// docker load, as the daemon sees it (moby image/tarexport/load.go): the images of an archive that `save` made.

import { BadArchive } from '../../base/archive/inflate.ts'
import { isTar, readTar } from '../../base/archive/tar.ts'
import { type Bytes, decode } from '../../base/bytes.ts'
import type { Moment } from '../../base/calendar.ts'
import { Errno } from '../../base/errno.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { archiveIn } from '../../kernel/fs/archive.ts'
import type { Tree } from '../../kernel/fs/tree.ts'
import { closeTree, openTree } from '../build/copy.ts'
import { nothing } from '../build/files.ts'
import type { Engine } from '../engine.ts'
import { EngineError, Unsupported } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { applyLayer } from './archive.ts'
import type { Image, Layer } from './image.ts'
import { notArchive } from './import.ts'
import { parseReference } from './reference.ts'
import type { ManifestEntry, SavedConfig } from './save.ts'
import { addImage } from './store.ts'
import { tag } from './tag.ts'

/** Adds the images of an archive and returns the lines that tell of them. Throws EngineError. */
export function load(engine: Engine, bytes: Bytes): string[] {
  const archive = bytes === '' ? bytes : archiveIn(bytes)
  if (archive === undefined || (archive !== '' && !isTar(archive))) throw notArchive(engine)
  try {
    const contents = new Map(
      archive === '' ? [] : readTar(archive).map(({ path, content }) => [path, content]),
    )
    return loadAll(engine, contents)
  } catch (cause) {
    if (cause instanceof BadArchive || cause instanceof Errno || cause instanceof SyntaxError)
      throw notArchive(engine)
    throw cause
  }
}

function loadAll(engine: Engine, contents: ReadonlyMap<string, Bytes>): string[] {
  const text = contents.get('manifest.json')
  if (text === undefined)
    throw new EngineError(
      'notFound',
      'open /var/lib/docker/tmp/docker-import-1/repositories: no such file or directory',
    )
  const lines: string[] = []
  for (const entry of JSON.parse(decode(text)) as ManifestEntry[]) {
    const image = imageOf(engine, entry, contents)
    addImage(engine.images, image)
    logEvent(engine, 'image', 'load', image.id, { name: image.id })
    for (const name of entry.RepoTags ?? []) {
      tag(engine, image, parseReference(name))
      lines.push(`Loaded image: ${name}`)
    }
    if ((entry.RepoTags ?? []).length === 0) lines.push(`Loaded image ID: ${image.id}`)
  }
  return lines
}

/** One that is here already is left as it is. */
function imageOf(engine: Engine, entry: ManifestEntry, contents: ReadonlyMap<string, Bytes>): Image {
  const config = JSON.parse(decode(contents.get(entry.Config) ?? ('' as Bytes))) as SavedConfig
  if (!config.docksim) throw new Unsupported('image archives that were made elsewhere')
  const known = engine.images.images.get(config.docksim.id)
  if (known) return known
  const { sizes, created, history, ...rest } = config.docksim
  const ids = config.rootfs.diff_ids
  const layers: Layer[] = []
  let below: Tree = nothing
  for (const [index, path] of entry.Layers.entries()) {
    const files = openTree(engine, below)
    applyLayer(files, contents.get(path) ?? ('' as Bytes))
    below = closeTree(files)
    const diffId = ids[index] ?? ''
    const size = sizes[index] ?? 0
    layers.push({
      digest: diffId,
      diffId,
      compressedSize: size,
      size,
      tree: below,
      complete: true,
      createdBy: '',
    })
  }
  return freezeDeep<Image>({
    ...rest,
    created: BigInt(created) as Moment,
    layers,
    history: history.map((row) => ({ ...row, created: BigInt(row.created) as Moment })),
  })
}
