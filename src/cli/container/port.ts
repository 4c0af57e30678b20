// `docker container port`

import { type HostPort, portsOf } from '../../api/networksettings.ts'
import { naturalOrder } from '../../base/go/natural.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { requireContainer } from '../../engine/container/container.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/error.ts'
import { between } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { lookUpRefusal } from '../refusal.ts'
import { addressText } from './portstext.ts'

export const port = command({
  use: 'port CONTAINER [PRIVATE_PORT[/PROTO]]',
  short: 'List port mappings or a specific mapping for the container',
  spellings: 'docker container port, docker port',
  args: between(1, 2),
  flags: {},
  run({ proc, engine, release }, [name, port]) {
    const published = publishedBy(engine, release, name)
    const bracketed = inRelease(brackets, release) === true
    if (port === undefined) {
      const lines = [...published].flatMap(([inner, bindings]) =>
        bindings.map(({ HostIp, HostPort }) => `${inner} -> ${addressText(HostIp, HostPort, bracketed)}`),
      )
      for (const line of inRelease(sortsLines, release) ? lines.sort(naturalOrder) : lines) proc.print(line)
      return
    }
    const whole = port.includes('/') ? port : `${port}/tcp`
    refusePort(release, whole)
    const bindings = published.get(whole)
    if (!bindings) {
      const shown = inRelease({ '19.03': whole, '28': port }, release)
      const prefix = inRelease({ '19.03': 'Error: No', '29': 'no' }, release)
      throw new StatusError(`${prefix} public port '${shown}' published for ${name}`)
    }
    for (const { HostIp, HostPort } of bindings) proc.print(addressText(HostIp, HostPort, bracketed))
  },
})

const sortsLines: Dated<boolean> = { '19.03': false, '28': true }
const brackets: Dated<boolean> = { '19.03': false, '28': true }

/** By `80/tcp`, in the order of the numbers. */
function publishedBy(engine: Engine, release: Release, name: string): Map<string, readonly HostPort[]> {
  try {
    const ports = [...portsOf(engine, requireContainer(engine, name))]
    const published = ports.flatMap(([port, bindings]) => (bindings ? [[port, bindings] as const] : []))
    return new Map(published.sort(([left], [right]) => naturalOrder(left, right)))
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    throw new StatusError(lookUpRefusal(release, cause, 'container', name))
  }
}

/** Words for what is no port; older clients look at the number only where it is one. */
const badPort: Dated<string> = {
  '19.03': 'strconv.ParseUint: parsing "PORT": invalid syntax',
  '28': 'Error: invalid port (PORT): strconv.ParseUint: parsing "PORT": invalid syntax',
}

function refusePort(release: Release, port: string): void {
  const [number = ''] = port.split('/')
  const lenient = inRelease({ '19.03': true, '28': false }, release) === true
  if (/^\d+$/.test(number) || (lenient && (number === '' || number.includes('-')))) return
  throw new StatusError((inRelease(badPort, release) ?? '').replaceAll('PORT', () => number))
}
