// For tests: a machine with a bridge and two namespaces on it, as `docker network create lab` and two `docker run`
// leave them; programs are run in them and their output is taken.

import type { Bytes } from '../../base/bytes.ts'
import { decode } from '../../base/bytes.ts'
import { momentOfDate } from '../../base/calendar.ts'
import { parseCidr } from '../../base/cidr.ts'
import { parseIp } from '../../base/ip.ts'
import { createRandom } from '../../base/random.ts'
import { createScheduler, run, type Scheduler } from '../../base/scheduler.ts'
import type { OpenFile } from '../../kernel/file.ts'
import { createFileSystem } from '../../kernel/fs/filesystem.ts'
import { type Declared, device, tree } from '../../kernel/fs/tree.ts'
import { createMachine, createPidNamespace, type Machine, type NamespaceSet } from '../../kernel/machine.ts'
import { createSink, takeFrom } from '../../kernel/open.ts'
import { type Credentials, type Process, rootCredentials, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { addAddress, enslave, setUp } from '../../net/link/admin.ts'
import { createBridge } from '../../net/link/bridge.ts'
import { createVeth } from '../../net/link/veth.ts'
import { createNamespace } from '../../net/namespace.ts'
import { addRoute } from '../../net/route.ts'
import { writeSysctl } from '../../net/sysctl.ts'

export interface TinyWorld {
  readonly machine: Machine
  readonly ann: NamespaceSet
  readonly bob: NamespaceSet
}

type Files = Readonly<Record<string, Declared>>

/** ann is 172.18.0.2, bob 172.18.0.3, their gateway 172.18.0.1 the machine. */
export function tinyWorld(
  annFiles: Files = {},
  bobFiles: Files = {},
  programs: readonly Program[] = [],
): TinyWorld {
  const fabric = { scheduler: createScheduler(), random: createRandom(1) }
  const epochOffset = Number(momentOfDate(2026, 11, 21, 5, 6, 40) / 1000n)
  const calendar = { epochOffset, zoneMinutes: 0, zoneName: 'UTC' }
  const net = createNamespace(fabric, 'node', { loopbackUp: true })
  const clock = { scheduler: fabric.scheduler, calendar }
  const machine = createMachine({
    name: 'node',
    fabric,
    calendar,
    files: createFileSystem(tree({ '/etc/hosts': '127.0.0.1\tlocalhost\n' }), clock),
    net,
    programs: new Map(programs.map((one) => [one.name, one])),
    kernel: { release: '6.1.0-40-amd64', version: '#1 SMP', architecture: 'x86_64' },
  })
  writeSysctl(net, 'net.ipv4.ip_forward', '1')
  const bridge = createBridge(net, 'br-lab')
  addAddress(bridge, cidr('172.18.0.1/16'), { broadcast: 0xac12ffff })
  setUp(bridge)
  const member = (name: string, address: string, files: Files): NamespaceSet => {
    const inner = createNamespace(fabric, `node/${name}`, { loopbackUp: true })
    const [outside, inside] = createVeth(
      { namespace: net, name: `veth-${name}` },
      { namespace: inner, name: 'eth0' },
    )
    for (const link of [bridge, outside, inside]) link.queueLength = 0
    enslave(outside, bridge)
    setUp(outside)
    addAddress(inside, cidr(`${address}/16`), { broadcast: 0xac12ffff })
    setUp(inside)
    addRoute(inner, { destination: { ip: 0, length: 0 }, gateway: parseIp('172.18.0.1') ?? 0, link: inside })
    const hosts = `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n172.18.0.2\tann\n172.18.0.3\tbob\n`
    return {
      files: createFileSystem(
        tree({
          '/etc/hosts': hosts,
          '/etc/nsswitch.conf': 'hosts: files\n',
          '/tmp/.keep': '',
          '/dev/null': device('null', 1, 3),
          ...files,
        }),
        clock,
      ),
      net: inner,
      uts: { hostname: name, domain: '' },
      pids: createPidNamespace(),
    }
  }
  const world = {
    machine,
    ann: member('ann', '172.18.0.2', annFiles),
    bob: member('bob', '172.18.0.3', bobFiles),
  }
  settle(fabric.scheduler)
  return world
}

/** What was checked for doubles is used by then. */
function settle(scheduler: Scheduler): void {
  run(scheduler, { until: 3_000_000, steps: 100_000 })
  scheduler.now = 3_000_000
}

function cidr(text: string) {
  const parsed = parseCidr(text)
  if (!parsed) throw new Error(text)
  return parsed
}

export interface Played {
  readonly out: string
  readonly err: string
  readonly rc: number
}

const unprivileged: Credentials = {
  ...rootCredentials,
  capabilities: new Set(['NET_RAW', 'NET_BIND_SERVICE', 'CHOWN', 'DAC_OVERRIDE', 'KILL']),
}

export interface PlayOptions {
  readonly input?: string
  readonly argv?: readonly string[]
  readonly admin?: boolean
  readonly environment?: ReadonlyMap<string, string>
  /** Microseconds after which it is interrupted. */
  readonly interruptAfter?: number
}

/** Starts a program without waiting for it. */
export function start(
  world: TinyWorld,
  namespaces: NamespaceSet,
  program: Program,
  line: string,
  options: PlayOptions = {},
): { process: Process; out: () => string; err: () => string } {
  const [out, err] = [createSink(), createSink()]
  const files = new Map<number, OpenFile>([
    [0, inputFile(options.input ?? '')],
    [1, out],
    [2, err],
  ])
  const process = spawn(world.machine, undefined, {
    program,
    argv: options.argv ?? line.split(' '),
    namespaces,
    files,
    directory: '/',
    environment: options.environment ?? new Map([['PATH', '/usr/bin:/bin']]),
    credentials: options.admin === false ? unprivileged : rootCredentials,
  })
  return { process, out: () => decode(takeFrom(out)), err: () => decode(takeFrom(err)) }
}

/** Runs a program to its end, ten minutes at most. */
export function play(
  world: TinyWorld,
  namespaces: NamespaceSet,
  program: Program,
  line: string,
  options: PlayOptions = {},
): Played {
  const { process, out, err } = start(world, namespaces, program, line, options)
  const { scheduler } = world.machine.fabric
  const ended = (): boolean => process.state === 'zombie'
  run(scheduler, { until: scheduler.now + 600_000_000, steps: 1_000_000, enough: ended })
  return { out: out(), err: err(), rc: process.status }
}

interface InputFile extends OpenFile {
  rest: Bytes
}

const inputFile = (text: string): InputFile => ({
  operations: {
    kind: 'pipe',
    read(file, max) {
      const input = file as InputFile
      const taken = input.rest.slice(0, max) as Bytes
      input.rest = input.rest.slice(max) as Bytes
      return taken
    },
    readable: () => undefined,
    write() {},
    congested: () => undefined,
    close() {},
  },
  references: 0,
  rest: text as Bytes,
})
