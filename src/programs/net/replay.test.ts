// Replays sessions of the tools that look at a network and change it (net-tools 2.10, bridge-utils 1.7.1, iproute2 6.1,
// procps 4.0.2, BusyBox 1.37), recorded in an empty network namespace. What counts packets and seconds is
// blanked, and so is what the bridge learnt from the multicast listener reports of the other side.

import { expect, test } from 'vitest'
import { run } from '../../base/scheduler.ts'
import { mount } from '../../kernel/fs/filesystem.ts'
import { procRoot } from '../../kernel/fs/proc/proc.ts'
import { directory } from '../../kernel/fs/tree.ts'
import type { NamespaceSet } from '../../kernel/machine.ts'
import type { Program } from '../../kernel/program.ts'
import { createNamespace } from '../../net/namespace.ts'
import { arp, busyboxArp } from './arp/arp.ts'
import { brctl } from './brctl/brctl.ts'
import { busyboxBrctl } from './brctl/busybox.ts'
import { bridge } from './bridge/bridge.ts'
import { busyboxIfconfig } from './ifconfig/busybox.ts'
import { ifconfig } from './ifconfig/ifconfig.ts'
import { ipBookworm } from './ip/ip.ts'
import { busyboxNetstat, netstat } from './netstat/netstat.ts'
import bridges from './recordings/bridges.json' with { type: 'json' }
import applets from './recordings/busybox.json' with { type: 'json' }
import netTools from './recordings/net-tools.json' with { type: 'json' }
import settings from './recordings/sysctl.json' with { type: 'json' }
import { busyboxRoute, route } from './route/route.ts'
import { busyboxSysctl, sysctl } from './sysctl/sysctl.ts'
import { play, type TinyWorld, tinyWorld } from './tiny-world.ts'

const gnu = [arp, brctl, bridge, ifconfig, netstat, route, sysctl]
const busybox = [busyboxArp, busyboxBrctl, busyboxIfconfig, busyboxNetstat, busyboxRoute, busyboxSysctl]

interface Step {
  readonly line: string
  readonly out: string
  readonly err: string
  readonly status: number
}

interface Place {
  readonly world: TinyWorld
  readonly namespaces: NamespaceSet
  readonly programs: readonly Program[]
}

function emptyPlace(programs = gnu): Place {
  const world = tinyWorld({ '/proc': directory() })
  const net = createNamespace(world.machine.fabric, 'node/empty')
  mount(world.ann.files, '/proc', procRoot, { source: 'proc', type: 'proc' })
  return { world, namespaces: { ...world.ann, net }, programs }
}

const blank = (text: string): string =>
  text
    .replace(/(RX|TX) packets \d+ {2}bytes .*/g, '$1 packets N')
    .replace(/^(\S+ +\d+) +[\d ]+([BLMRU]+)$/gm, '$1 N $2')
    .replace(/(RX|TX) packets:\d+/g, '$1 packets:N')
    .replace(/RX bytes:.*/g, 'RX bytes:N')
    .replace(/txqueuelen:\d+/g, 'txqueuelen:N')
    .replace(/txqueuelen \d+/g, 'txqueuelen N')
    .replace(/dropped 1 overruns/g, 'dropped 0 overruns')
    .replace(/^(?: +1\t)?02:00:00:00:00:11 ?(?:\t|dev v0 master br0 $|master br0 $).*\n?/gm, '')
    .replace(/^( *\d+\t\S+\t(?:no|yes)\t\t).*/gm, '$1T')

function repeat(place: Place, { line, out, err, status }: Step): void {
  const { world, namespaces, programs } = place
  if (line === 'wait') {
    const { scheduler } = world.machine.fabric
    run(scheduler, { until: scheduler.now + 2_200_000, steps: 100_000 })
    return
  }
  const program = programs.find(({ name }) => name.split('.')[0] === line.split(' ')[0]) ?? ipBookworm
  const played = play(world, namespaces, program, line)
  expect({ out: blank(played.out), err: blank(played.err), rc: played.rc }).toEqual({
    out: blank(out),
    err: blank(err),
    rc: status,
  })
}

const steps = (recorded: readonly Step[]) =>
  recorded.map((step, index) => [`${index} ${step.line}`, step] as const)

const sessions = {
  netTools: emptyPlace(),
  bridges: emptyPlace(),
  settings: emptyPlace(),
  applets: emptyPlace(busybox),
}
test.each(steps(netTools))('net-tools: %s', (_, step) => repeat(sessions.netTools, step))
test.each(steps(bridges))('bridges: %s', (_, step) => repeat(sessions.bridges, step))
test.each(steps(settings))('sysctl: %s', (_, step) => repeat(sessions.settings, step))
test.each(steps(applets))('busybox: %s', (_, step) => repeat(sessions.applets, step))
