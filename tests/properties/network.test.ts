// Networks under random commands: addresses stay unique, and what is removed leaves nothing behind.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describe as describeWorld } from '../../src/world/digest.ts'
import { firstHost, line, openStage, type Stage } from './stage.ts'

const container = fc.integer({ min: 0, max: 5 }).map((index) => `c${index}`)
const network = fc.integer({ min: 0, max: 3 }).map((index) => `n${index}`)
const anyNetwork = fc.oneof(network, fc.constantFrom('bridge', 'host', 'none'))
const subnet = fc.integer({ min: 0, max: 4 }).map((index) => `10.1.${index * 8}.0/28`)
const address = fc.integer({ min: 0, max: 40 }).map((index) => `10.1.0.${index}`)

const command = fc.oneof(
  fc
    .tuple(container, anyNetwork)
    .map(([c, n]) => `docker run -d --name x${c} --network ${n} alpine sleep 9999`),
  fc
    .tuple(container, network, address)
    .map(([c, n, a]) => `docker run -d --name x${c} --network ${n} --ip ${a} alpine sleep 9999`),
  fc.tuple(container, network).map(([c, n]) => `docker run -d --name x${c} --network ${n} -P -p 80 nginx`),
  fc.tuple(container, network).map(([c, n]) => `docker create --name x${c} --network ${n} alpine sleep 9999`),
  container.map((c) => `docker rm -f x${c}`),
  container.map((c) => `docker start x${c}`),
  container.map((c) => `docker restart -t 0 x${c}`),
  container.map((c) => `docker stop -t 0 x${c}`),
  container.map((c) => `docker kill x${c}`),
  network.map((n) => `docker network create ${n}`),
  fc.tuple(network, subnet).map(([n, s]) => `docker network create --subnet ${s} ${n}`),
  fc.tuple(network, subnet).map(([n, s]) => `docker network create --internal --subnet ${s} ${n}`),
  network.map((n) => `docker network rm ${n}`),
  fc.tuple(anyNetwork, container).map(([n, c]) => `docker network connect ${n} x${c}`),
  fc.tuple(network, address, container).map(([n, a, c]) => `docker network connect --ip ${a} ${n} x${c}`),
  fc.tuple(anyNetwork, container).map(([n, c]) => `docker network disconnect ${n} x${c}`),
  fc.constantFrom('docker container prune -f', 'docker network prune -f', 'sudo systemctl restart docker'),
)

const commands = fc.array(command, { minLength: 5, maxLength: 30 })

test('no two endpoints of a network share an address', () => {
  fc.assert(
    fc.property(commands, (script) => {
      const stage = openStage()
      for (const text of script) {
        line(stage, text)
        expect(sharedAddresses(stage)).toEqual([])
      }
    }),
    { seed: 1, numRuns: 60 },
  )
})

test('removing all leaves no link, rule, route, port or process behind', () => {
  fc.assert(
    fc.property(commands, (script) => {
      const stage = openStage()
      const fresh = remains(stage)
      for (const text of script) line(stage, text)
      line(stage, 'docker rm -f $(docker ps -aq)')
      line(stage, 'docker network prune -f')
      line(stage, 'sleep 700')
      expect(remains(stage)).toEqual(fresh)
    }),
    { seed: 2, numRuns: 60 },
  )
})

function sharedAddresses({ world }: Stage): string[] {
  const { engine } = firstHost(world)
  return [...(engine?.networks.values() ?? [])].flatMap(({ name, endpoints, pools }) => {
    const gateways = pools.map(({ gateway }) => gateway)
    const given = [...endpoints.values()].flatMap(({ ip4 }) => (ip4 === undefined ? [] : [ip4]))
    const all = [...given, ...(given.length > 0 ? gateways : [])]
    return new Set(all).size === all.length ? [] : [name]
  })
}

/**
 * What a world shows, without what may differ: clock, output, counters, numbers that are never given twice, and the
 * link-local address that docker0 gets with its first carrier and keeps.
 */
function remains({ world }: Stage): string[] {
  return describeWorld(world)
    .filter(
      (text) =>
        !/^(clock|session|container|endpoint)|^ports \w+ $|^route docker local local fe80.* docker0|^rule \S+ +(#|\*|COMMIT|:\w+ ACCEPT)/.test(
          text,
        ),
    )
    .map((text) =>
      text
        .replace(/^(process \S+) \d+ \w+/, '$1')
        .replace(/^network \w+/, 'network')
        .replace(/^(link \S+ \d+ docker0 .*) fe80\S+$/, '$1')
        .replace(/\[\d+:\d+\]/g, '')
        .replace(/ (--dport|--to-destination|--sport|--to-source) .*/, ' $1'),
    )
    .sort()
}
