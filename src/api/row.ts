// A container as `GET /containers/json` lists it (moby daemon/list.go).

import type { Moment } from '../base/calendar.ts'
import type { Container } from '../engine/container/container.ts'
import type { Engine } from '../engine/engine.ts'
import { findImage } from '../engine/image/store.ts'
import { type MountView, mountsOf } from './mounts.ts'
import { portsOf } from './networksettings.ts'

export interface ContainerRow {
  readonly container: Container
  /** With `/`; its own name is the last one, names by which others link to it come first. */
  readonly names: readonly string[]
  /** As it was typed; the image's id if the name is another image's by now. */
  readonly image: string
  /** Path and arguments, those with blanks in quotes. */
  readonly command: string
  readonly created: Moment
  readonly ports: readonly PortRow[]
  readonly mounts: readonly MountView[]
}

export interface PortRow {
  readonly privatePort: number
  readonly type: string
  /** Undefined for a port that is only exposed. */
  readonly publicPort: number | undefined
  readonly ip: string
}

export function containerRow(engine: Engine, container: Container): ContainerRow {
  const { config } = container
  const [path = '', ...args] = [...(config.entrypoint ?? []), ...(config.cmd ?? [])]
  const quoted = args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))
  const named = findImage(engine.images, config.image)
  return {
    container,
    names: [...linkNames(container), `/${container.name}`],
    image: named === container.image ? config.image : container.image.id,
    command: [path, ...quoted].join(' '),
    created: container.created,
    ports: portRows(engine, container),
    mounts: mountsOf(container),
  }
}

/** `/cl/mysql` for a container that `cl` knows as `mysql`. */
function linkNames(container: Container): string[] {
  const names = [...(container.linkedBy ?? [])].flatMap((other) =>
    other.host.links
      .filter((link) => link.container === container)
      .map((link) => `/${other.name}/${link.alias}`),
  )
  return names.sort()
}

function portRows(engine: Engine, container: Container): PortRow[] {
  const rows = [...portsOf(engine, container)].flatMap(([port, bindings]): PortRow[] => {
    const [number, type = 'tcp'] = port.split('/')
    const privatePort = Number(number)
    if (!bindings) return [{ privatePort, type, publicPort: undefined, ip: '' }]
    return bindings.map(({ HostIp, HostPort }) => ({
      privatePort,
      type,
      publicPort: Number(HostPort),
      ip: HostIp,
    }))
  })
  return rows.sort((a, b) => a.privatePort - b.privatePort)
}
