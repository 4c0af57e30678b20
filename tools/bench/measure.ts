// One measurement in a process of its own: `measure.cjs NAME ARGUMENT…` prints its figures as JSON.

import { copyIfParked } from '../../src/world/fork.ts'
import { fold } from '../../src/world/journal.ts'
import { type Bench, forkBench, median, openBench, perform, populate, times } from './stage.ts'

type Figures = Readonly<Record<string, number>>

/** A bridge takes 1,023 ports (BR_MAX_PORTS), so large worlds need several networks; all sizes have as many. */
const networks = 10

/** What a `docker run -d` and a warm ping cost among `count` containers, and how much memory each of these takes. */
function among(count: number): Figures {
  const bench = openBench()
  populate(bench, 0, networks)
  run(bench, 'first')
  const before = usedMemory()
  for (let index = 1; index < count; index++) run(bench, `idle${index}`, index % networks)
  const memory = (usedMemory() - before) / (count - 1)
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
  const ip = perform(bench, `docker inspect -f "${format}" first`).trim()
  const probe = `ping -c 1 ${ip} > /dev/null`
  times(20, () => perform(bench, probe))
  times(20, (index) => run(bench, `warm${index}`))
  const runs = times(60, (index) => run(bench, `more${index}`))
  const pings = times(100, () => perform(bench, probe))
  const nothing = times(100, () => perform(bench, 'true'))
  return { count, run: median(runs), ping: median(pings), nothing: median(nothing), memory }
}

function run(bench: Bench, name: string, network = 0): void {
  perform(bench, `docker run -d --name ${name} --network net${network} alpine sleep 1000000`)
}

/** A session of mixed commands in one world: how many a second; and how long its fold takes. */
function commands(count: number): Figures {
  const bench = openBench()
  let made = 0
  let removed = 0
  const start = performance.now()
  for (let index = 0; index < count; index++) {
    const kind = index % 20
    if (kind < 5) perform(bench, `docker run -d --name c${++made} alpine sleep 1000000`)
    else if (kind < 8) perform(bench, `docker rm -f c${++removed}`)
    else if (kind < 12) perform(bench, `docker exec c${made} ping -c 3 172.17.0.1`)
    else if (kind < 14) perform(bench, `docker exec c${made} cat /etc/hosts`)
    else if (kind < 16) perform(bench, 'docker ps')
    else if (kind < 18) perform(bench, `docker inspect c${made}`)
    else if (kind === 18) perform(bench, 'ip addr; ip route')
    else perform(bench, `docker network create n${index} && docker network rm n${index}`)
  }
  const time = performance.now() - start
  const [folding = Number.NaN] = times(1, () => fold(bench.world.spec, bench.world.journal))
  return { count, perSecond: (count * 1000) / time, fold: folding }
}

/** A fork of a world with `count` idle containers on `networks` networks of the user (0: the default bridge). */
function forks(count: number, networks: number): Figures {
  const bench = openBench()
  populate(bench, count, networks)
  if (!copyIfParked(bench.world)) throw new Error('the world does not park')
  const taken = times(30, () => forkBench(bench))
  return { count, networks, least: taken[0] ?? Number.NaN, median: median(taken) }
}

function usedMemory(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const [name, ...words] = process.argv.slice(2)
const [first = 0, second = 0] = words.map(Number)
const figures = name === 'among' ? among(first) : name === 'commands' ? commands(first) : forks(first, second)
process.stdout.write(`${JSON.stringify(figures)}\n`)
