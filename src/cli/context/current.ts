// Which context counts, and where its daemon is (docker/cli cli/command/cli.go, resolveContextName, Initialize).

import { type Dated, inRelease } from '../../base/release.ts'
import { socketPath } from '../../engine/daemon/start.ts'
import { StatusError } from '../errors.ts'
import type { Globals } from '../globals.ts'
import { type Client, type ContextRecord, findContext, noContext, readConfig } from './store.ts'

export interface Endpoint extends Client {
  readonly globals: Globals
}

/** `--context`; nothing else where a host is named; DOCKER_CONTEXT; what `docker context use` set. */
export function currentContext(client: Endpoint): string {
  const { contextName, hosts } = client.globals
  if (contextName !== '') return contextName
  if (hosts.length > 0 || (client.proc.env('DOCKER_HOST') ?? '') !== '') return 'default'
  const { currentContext: configured } = readConfig(client)
  return client.proc.env('DOCKER_CONTEXT') || (typeof configured === 'string' ? configured : '') || 'default'
}

export const localSocket = `unix://${socketPath}`

/** Where the default context's daemon is: `-H`, DOCKER_HOST, or the local socket. */
export const defaultHost = ({ globals, proc }: Endpoint): string =>
  globals.hosts[0] ?? (proc.env('DOCKER_HOST') || localSocket)

/** Where stacks go; clients from 28 on know no other place than a swarm, and do not tell. */
const orchestrator: Dated<string> = { '19.03': 'swarm', '28': '' }

/** The context of a name, `default` too. */
export function contextNamed(client: Endpoint, name: string): ContextRecord | undefined {
  if (name !== 'default') return findContext(client, name)
  const told = inRelease(orchestrator, client.release) ?? ''
  return {
    Name: 'default',
    Metadata: told === '' ? {} : { StackOrchestrator: told },
    Endpoints: { docker: { Host: defaultHost(client), SkipTLSVerify: false } },
  }
}

const unresolved: Dated<string> = {
  '19.03': 'unable to resolve docker endpoint: ',
  '28': 'Failed to initialize: unable to resolve docker endpoint: ',
}

/** The address of the daemon that this line talks to. @throws StatusError where its context is not there */
export function hostOf(client: Endpoint): string {
  const name = currentContext(client)
  const found = contextNamed(client, name)
  if (!found) throw new StatusError(`${inRelease(unresolved, client.release)}${noContext(client, name)}`)
  return found.Endpoints.docker?.Host || localSocket
}

/** What is said where DOCKER_HOST makes contexts mean nothing. */
export function warnOfHost(client: Endpoint, which: string): void {
  const { contextName } = client.globals
  if ((client.proc.env('DOCKER_HOST') ?? '') === '' || contextName !== '') return
  client.proc.printError(
    `Warning: DOCKER_HOST environment variable overrides the active context. To use ${which}, either set the global --context flag, or unset DOCKER_HOST environment variable.`,
  )
}
