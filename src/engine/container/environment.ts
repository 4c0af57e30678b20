// The environment of a container's processes (moby daemon/container_operations_unix.go, container/env.go).

import { printIp } from '../../base/ip.ts'
import { defaultPath } from '../../kernel/exec.ts'
import type { NamedCredentials } from '../../kernel/users.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { type Container, isRunning } from './container.ts'

/** PATH, HOSTNAME and TERM, then what links tell, then what image and user set, and HOME at last. */
export function environmentOf(
  { traits }: Engine,
  container: Container,
  user: NamedCredentials,
): Map<string, string> {
  const environment = new Map<string, string>([['PATH', defaultPath]])
  environment.set('HOSTNAME', container.config.hostname)
  if (container.config.tty) environment.set('TERM', 'xterm')
  for (const [name, value] of traits.linkEnvironment ? linkEnvironment(container) : [])
    environment.set(name, value)
  for (const line of container.config.env) setLine(environment, line)
  if (!environment.has('HOME')) environment.set('HOME', user.home)
  return environment
}

/**
 * Throws EngineError if a legacy link leads to a container that does not run; off the default bridge links are nothing
 * (moby daemon, setupLinkedContainers).
 */
export function refuseDeadLinks({ attachments, host, name }: Container): void {
  if (!attachments.has('bridge')) return
  for (const { container: target, alias } of host.links)
    if (!isRunning(target))
      throw new EngineError(
        'invalid',
        `Cannot link to a non running container: /${target.name} AS /${name}/${alias}`,
      )
    else if (!target.attachments.has('bridge'))
      throw new EngineError('system', `container ${target.id} not attached to default bridge network`)
}

/** `NAME=value` sets, `NAME` alone unsets. */
export function setLine(environment: Map<string, string>, line: string): void {
  const equals = line.indexOf('=')
  if (equals < 0) environment.delete(line)
  else environment.set(line.slice(0, equals), line.slice(equals + 1))
}

/** What a legacy link tells of its target (facts: networking §7; moby links/links.go). */
function linkEnvironment(container: Container): [string, string][] {
  if (!container.attachments.has('bridge')) return []
  return container.host.links.flatMap(({ container: target, alias }) => {
    const ip4 = target.attachments.get('bridge')?.endpoint?.ip4
    if (ip4 === undefined) return []
    const prefix = alias.toUpperCase().replace(/-/g, '_')
    const lines: [string, string][] = []
    const ports = [...target.config.exposedPorts].sort(
      (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
    )
    const address = printIp(ip4)
    for (const [index, exposed] of ports.entries()) {
      const [port = '', protocol = 'tcp'] = exposed.split('/')
      const url = `${protocol}://${address}:${port}`
      if (index === 0) lines.push([`${prefix}_PORT`, url])
      const key = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`
      lines.push([key, url], [`${key}_ADDR`, address], [`${key}_PORT`, port], [`${key}_PROTO`, protocol])
    }
    lines.push([`${prefix}_NAME`, `/${container.name}/${alias}`])
    for (const line of target.config.env) {
      const [name = '', ...value] = line.split('=')
      if (name !== 'HOME' && name !== 'PATH') lines.push([`${prefix}_ENV_${name}`, value.join('=')])
    }
    return lines
  })
}
