// `docker image ls`

import { imageFilter } from '../../api/filter/image.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import type { Engine } from '../../engine/engine.ts'
import { type Image, imageSize } from '../../engine/image/image.ts'
import { digestsOf, type ImageStore, tagsOf } from '../../engine/image/store.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, refused, string } from '../flags/flag.ts'
import { formatList } from '../format/table.ts'
import { formatTable } from '../words.ts'
import { type ImageRow, idText, imageFormat, imageRows } from './columns.ts'
import { usageTable } from './usage.ts'

export const ls = command({
  use: 'ls [OPTIONS] [REPOSITORY[:TAG]]',
  short: 'List images',
  aliases: ['list'],
  spellings: 'docker image ls, docker image list, docker images',
  args: atMost(1),
  flags: {
    all: bool(
      {
        '19.03': 'Show all images (default hides intermediate images)',
        '29': 'Show all images (default hides intermediate and dangling images)',
      },
      { short: 'a' },
    ),
    digests: bool('Show digests'),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool({ '19.03': 'Only show numeric IDs', '20.10': 'Only show image IDs' }, { short: 'q' }),
    tree: bool('List multi-platform images as a tree (EXPERIMENTAL)', {
      since: '28',
      class: refused('docker images --tree'),
    }),
  },
  run({ proc, engine, release, traits }, [pattern], flags) {
    const wanted = pattern === undefined ? flags.filter : new Map(flags.filter).set('reference', [pattern])
    const filter = imageFilter(engine, release, wanted, flags.all)
    const common = {
      now: proc.moment(),
      zone: engine.machine.calendar,
      truncates: !flags['no-trunc'],
    }
    const images = [...engine.images.images.values()].filter(filter.wants)
    const rows = images
      .sort((left, right) => Number(right.created - left.created))
      .flatMap((image) => rowsOf(engine.images, image, filter).map((row) => ({ ...common, ...row })))
    if (inRelease(tellsUsage, release) && plain(flags))
      return proc.write(1, usageOf(engine, rows, proc, flags.all))
    const format = imageFormat(flags.format, flags.quiet, flags.digests)
    proc.write(1, formatList(imageRows, rows, format, traits.format))
  },
})

type NamedRow = Pick<ImageRow, 'image' | 'repository' | 'tag' | 'digest'>

/** One row for each name. */
function rowsOf(store: ImageStore, image: Image, filter: ReturnType<typeof imageFilter>): NamedRow[] {
  const digests = new Map(digestsOf(store, image).map((name) => name.split('@', 2) as [string, string]))
  const named = tagsOf(store, image).sort().filter(filter.wantsName)
  if (named.length === 0 && !filter.byName && tagsOf(store, image).length === 0)
    return [{ image, repository: '<none>', tag: '<none>', digest: '<none>' }]
  return named.map((name) => {
    const colon = name.lastIndexOf(':')
    const repository = name.slice(0, colon)
    return { image, repository, tag: name.slice(colon + 1), digest: digests.get(repository) ?? '<none>' }
  })
}

/** From 29 on the plain table is another one. */
const tellsUsage: Dated<boolean> = { '19.03': false, '29': true }

const plain = (flags: { format: string; quiet: boolean; digests: boolean; 'no-trunc': boolean }): boolean =>
  flags.format === '' && !flags.quiet && !flags.digests && !flags['no-trunc']

/** By name, those without one last and only where all are wanted. */
function usageOf(engine: Engine, rows: readonly ImageRow[], proc: Process, all: boolean): string {
  const used = new Set([...engine.containers.values()].map(({ image }) => image))
  const named = rows.filter(({ tag }) => tag !== '<none>')
  const untagged = all ? rows.filter(({ tag }) => tag === '<none>') : []
  const listed = named.map((row) => ({ ...row, name: `${row.repository}:${row.tag}` }))
  listed.sort((one, other) => (one.name < other.name ? -1 : 1))
  const shown = [...listed, ...untagged.map((row) => ({ ...row, name: '<untagged>' }))].map(
    ({ name, image }) => ({
      name,
      id: idText(image.id, true),
      size: imageSize(image),
      content: 0,
      used: used.has(image),
    }),
  )
  return usageTable(shown, terminalOf(proc.files.get(1))?.columns)
}
