// `docker system df --verbose`: each image and container by itself (docker/cli cli/command/formatter/disk_usage.go).

import { containerRow } from '../../api/row.ts'
import { span } from '../../api/status.ts'
import type { Moment } from '../../base/calendar.ts'
import { humanDuration, humanSize } from '../../base/go/units.ts'
import type { Release } from '../../base/release.ts'
import type { Engine } from '../../engine/engine.ts'
import { imageSize } from '../../engine/image/image.ts'
import { tagsOf } from '../../engine/image/store.ts'
import { volumeSize } from '../../engine/volume/rm.ts'
import { usersOf as volumeUsers } from '../../engine/volume/volume.ts'
import { writtenSize } from '../../kernel/fs/changes.ts'
import { containerRows } from '../container/columns.ts'
import { formatList } from '../format/table.ts'
import { align } from '../format/tabs.ts'
import type { FormatTraits } from '../format/traits.ts'
import { idText } from '../image/columns.ts'
import { imagesOf, uniqueSize, usersOf } from './diskusage.ts'

export function verboseText(engine: Engine, now: Moment, traits: FormatTraits, release: Release): string {
  return `Images space usage:

${imagesTable(engine, now, traits)}
Containers space usage:

${containersTable(engine, now, traits, release)}
Local Volumes space usage:

${volumesTable(engine, traits)}
Build cache usage: 0B

${align('CACHE ID\tCACHE TYPE\tSIZE\tCREATED\tLAST USED\tUSAGE\tSHARED\n', traits.columnWidth)}`
}

function volumesTable(engine: Engine, { columnWidth }: FormatTraits): string {
  const rows = [...engine.volumes.values()].map((volume) => {
    const links = String(volumeUsers(engine, volume).length)
    return [volume.name, links, humanSize(volumeSize(engine, volume))].join('\t')
  })
  return align(`${['VOLUME NAME\tLINKS\tSIZE', ...rows].join('\n')}\n`, columnWidth)
}

function imagesTable(engine: Engine, now: Moment, { columnWidth }: FormatTraits): string {
  const images = imagesOf(engine)
  const rows = images.map((image) => {
    const [name = '<none>:<none>'] = tagsOf(engine.images, image).sort()
    const colon = name.lastIndexOf(':')
    const unique = uniqueSize(images, image)
    return [
      name.slice(0, colon),
      name.slice(colon + 1),
      idText(image.id, true),
      `${humanDuration(span(image.created, now))} ago`,
      humanSize(imageSize(image), 3),
      humanSize(imageSize(image) - unique),
      humanSize(unique),
      String(usersOf(engine, image).length),
    ].join('\t')
  })
  const head = 'REPOSITORY\tTAG\tIMAGE ID\tCREATED\tSIZE\tSHARED SIZE\tUNIQUE SIZE\tCONTAINERS'
  return align(`${[head, ...rows].join('\n')}\n`, columnWidth)
}

function containersTable(engine: Engine, now: Moment, traits: FormatTraits, release: Release): string {
  const common = { now, zone: engine.machine.calendar, truncates: true, brackets: true }
  const rows = [...engine.containers.values()]
    .reverse()
    .map((container) => ({ ...common, row: containerRow(engine, container) }))
  const view = containerRows(release)
  const size = {
    header: 'SIZE',
    cell: ({ row }: (typeof rows)[number] | { row: undefined }) =>
      row ? humanSize(writtenSize(row.container.files), 3) : '',
  }
  const format =
    'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}'
  return formatList({ ...view, columns: { ...view.columns, Size: size } }, rows, format, traits)
}
