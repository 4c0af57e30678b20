// docker import, as the daemon sees it (moby daemon/images/image_import.go): an archive of files as an image of one layer.

import { BadArchive } from '../../base/archive/inflate.ts'
import { isTar } from '../../base/archive/tar.ts'
import type { Bytes } from '../../base/bytes.ts'
import { momentOf } from '../../base/calendar.ts'
import { Errno } from '../../base/errno.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { drawHex } from '../../base/random.ts'
import { archiveIn, unpack } from '../../kernel/fs/archive.ts'
import { sizeOfTree } from '../../kernel/fs/changes.ts'
import { closeTree, openTree } from '../build/copy.ts'
import { nothing, treePrint } from '../build/files.ts'
import { nothingAtAll } from '../build/stage.ts'
import { type Engine, randomOf, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { changed } from './changes.ts'
import type { Image, Layer } from './image.ts'
import type { Reference } from './reference.ts'
import { addImage } from './store.ts'
import { tag } from './tag.ts'

export interface ImportOptions {
  readonly reference: Reference | undefined
  readonly message: string
  /** Dockerfile instructions. */
  readonly changes: readonly string[]
}

/** Makes an image of an archive and returns it. Throws EngineError. */
export function importImage(engine: Engine, bytes: Bytes, options: ImportOptions): Image {
  const config = changed(engine, nothingAtAll.config, options.changes)
  const layer = layerOf(engine, bytes)
  const comment = options.message || 'Imported from -'
  const created = momentOf(engine.machine.calendar, schedulerOf(engine).now)
  const image = freezeDeep<Image>({
    ...nothingAtAll,
    id: `sha256:${drawHex(randomOf(engine), 'image-id', 64)}`,
    digest: `sha256:${drawHex(randomOf(engine), 'image-digest', 64)}`,
    created,
    config,
    layers: [layer],
    history: [{ createdBy: '', comment, empty: false, created }],
    comment,
    build: {
      parent: '',
      container: '',
      containerConfig: nothingAtAll.config,
      version: engine.traits.server.version,
    },
  })
  addImage(engine.images, image)
  if (options.reference) tag(engine, image, options.reference)
  logEvent(engine, 'image', 'import', image.id, { name: image.id })
  return image
}

/** The words for bytes that are no archive. */
export const notArchive = (engine: Engine): EngineError =>
  new EngineError(
    'system',
    worded(engine, {
      '19.03': 'Error processing tar file(exit status 1): unexpected EOF',
      '28': 'unexpected EOF',
    }),
  )

function layerOf(engine: Engine, bytes: Bytes): Layer {
  const archive = bytes === '' ? bytes : archiveIn(bytes)
  if (archive === undefined || (archive !== '' && !isTar(archive))) throw notArchive(engine)
  const files = openTree(engine, nothing)
  try {
    if (archive !== '') unpack(files, '/', archive)
  } catch (cause) {
    if (cause instanceof BadArchive || cause instanceof Errno) throw notArchive(engine)
    throw cause
  }
  const tree = closeTree(files)
  const size = sizeOfTree(tree)
  const diffId = `sha256:${treePrint(tree)}`
  return { digest: diffId, diffId, compressedSize: size, size, tree, complete: true, createdBy: '' }
}
