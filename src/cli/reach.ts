// How the client gets to its daemon, and what it says where it does not.
// Words as recorded from clients without a daemon, and without the right to write to its socket.

import { Errno } from '../base/errno.ts'
import { type Dated, inRelease, type Release } from '../base/release.ts'
import { reachDaemon } from '../engine/daemon/reach.ts'
import { socketPath } from '../engine/daemon/start.ts'
import type { Engine } from '../engine/engine.ts'
import type { Process } from '../kernel/process.ts'

/** The client did not get to the daemon; the message is whole. */
export class ConnectionError extends Error {
  /** The exit status of `docker run`. */
  readonly runStatus: number

  constructor(message: string, runStatus: number) {
    super(message)
    this.runStatus = runStatus
  }
}

/** The daemon of the process's machine. @throws ConnectionError */
export function reach(proc: Process, release: Release): Engine {
  try {
    return reachDaemon(proc)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    if (cause.code === 'EACCES') throw new ConnectionError(denied(proc, release), 126)
    throw new ConnectionError(inRelease(nobodyThere, release) ?? '', 125)
  }
}

const nobodyThere: Dated<string> = {
  '19.03': `Cannot connect to the Docker daemon at unix://${socketPath}. Is the docker daemon running?`,
  '29': `failed to connect to the docker API at unix://${socketPath}; check if the path is correct and if the daemon is running: dial unix ${socketPath}: connect: no such file or directory`,
}

const attempt: Dated<string> = {
  '19.03': `Got permission denied while trying to connect to the Docker daemon socket at unix://${socketPath}`,
  '20.10': `permission denied while trying to connect to the Docker daemon socket at unix://${socketPath}`,
}

function denied(proc: Process, release: Release): string {
  const words = proc.argv.slice(1).filter((word) => !word.startsWith('-'))
  const request = firstRequest(words, release)
  return `${inRelease(attempt, release)}: ${request}: dial unix ${socketPath}: connect: permission denied`
}

/** Clients from 28 on ask first what the daemon speaks, if much depends on it. */
const pings: Dated<boolean> = { '19.03': false, '28': true }
const apiVersion: Dated<string> = { '19.03': '/v1.24', '28': '/v1.50' }

function firstRequest(words: readonly string[], release: Release): string {
  const [method, path, asksFirst] = requestOf(words)
  const host = `http://${socketPath.replaceAll('/', '%2F')}`
  if (asksFirst && inRelease(pings, release)) return `Head "${host}/_ping"`
  return `${method} "${host}${inRelease(apiVersion, release)}${path}"`
}

type Request = readonly [method: string, path: string, asksFirst?: boolean]

/** The first request of a command line. */
function requestOf(words: readonly string[]): Request {
  const [first = '', second = '', third = '', ...rest] = words
  if (first === 'network') return networkRequest(second, third)
  if (first === 'container' || first === 'image' || first === 'system')
    return requestOf([second === 'ls' ? (first === 'image' ? 'images' : 'ps') : second, third, ...rest])
  const found = requests[first]
  if (found) return found(second)
  return ['Post', `/containers/${second}/${first}`]
}

function networkRequest(verb: string, name: string): Request {
  if (verb === 'create') return ['Post', '/networks/create', true]
  if (verb === 'ls') return ['Get', '/networks']
  if (verb === 'rm') return ['Delete', `/networks/${name}`]
  if (verb === 'prune') return ['Post', '/networks/prune']
  if (verb === 'inspect') return ['Get', `/networks/${name}`]
  return ['Post', `/networks/${name}/${verb}`]
}

const look = (name: string): Request => ['Get', `/containers/${name}/json`]

const requests: Readonly<Record<string, (name: string) => Request>> = {
  attach: look,
  create: () => ['Post', '/containers/create', true],
  df: () => ['Get', '/system/df'],
  events: () => ['Get', '/events'],
  exec: look,
  images: () => ['Get', '/images/json', true],
  info: () => ['Get', '/info'],
  inspect: look,
  logs: look,
  port: look,
  ps: () => ['Get', '/containers/json'],
  pull: (name) => ['Post', `/images/create?fromImage=${name}&tag=latest`],
  rm: (name) => ['Delete', `/containers/${name}`],
  rmi: (name) => ['Delete', `/images/${name}`],
  run: () => ['Post', '/containers/create', true],
  version: () => ['Get', '/version'],
}
