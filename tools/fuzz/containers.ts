// Random containers: image, network mode, names, addresses, ports, links and resolver settings.

import {
  between,
  nameGiven,
  odds,
  type Plan,
  type PlannedContainer,
  pick,
  say,
  take,
  weighted,
} from './plan.ts'

/** The commands that keep an image's container alive, and where its server reads its page. */
const images: Readonly<Record<string, { readonly command?: string; readonly page?: string }>> = {
  tools: { command: 'sleep 9999' },
  alpine: { command: 'sleep 9999' },
  busybox: { command: 'sleep 9999' },
  debian: { command: 'sleep 9999' },
  nginx: { page: '/usr/share/nginx/html' },
  'nginx:alpine': { page: '/usr/share/nginx/html' },
  'httpd:2.4': { page: '/usr/local/apache2/htdocs' },
  'python:3': { command: 'python -m http.server 80', page: '/' },
  'redis:alpine': {},
}

/** The images whose process heeds the signal with which it is stopped. */
export const stopsGently = (image: string): boolean => /nginx|httpd|redis/.test(image)

export const aliasPool = ['www', 'db', 'api', 'cache']

/** Runs (now and then only creates) a container. */
export function runContainer(plan: Plan): void {
  const name = take(plan, plan.left.containers)
  if (name === undefined) return
  const mode = modeOf(plan)
  // A second server of a namespace ends as soon as it finds its port taken, whenever that is.
  const image = mode === 'container' ? pick(plan, ['tools', 'alpine', 'busybox']) : imageOf(plan)
  const networks = mode === 'user' ? networksOf(plan) : []
  const created = odds(plan, 6)
  const words = [
    ...modeWords(plan, mode, networks),
    ...nameWords(plan, mode, name),
    ...resolverWords(plan, mode),
  ]
  if (mode !== 'host' && mode !== 'container') words.push(...portWords(plan, image))
  const { command, page } = images[image] ?? {}
  say(plan, created ? 'docker create' : 'docker run -d', '--name', name, ...words, image, command)
  if (page !== undefined && !created) say(plan, `docker exec ${name} sh -c 'hostname > ${page}/index.html'`)
  const container: PlannedContainer = {
    name,
    image,
    mode,
    state: created ? 'stopped' : 'running',
    networks: new Set(mode === 'bridge' ? ['bridge'] : networks),
  }
  plan.containers.push(container)
  nameGiven(plan, name)
}

const imageOf = (plan: Plan): string =>
  weighted(plan, [
    [26, 'tools'],
    [20, 'alpine'],
    [9, 'busybox'],
    [4, 'debian'],
    [18, 'nginx'],
    [4, 'nginx:alpine'],
    [11, 'httpd:2.4'],
    [5, 'python:3'],
    [3, 'redis:alpine'],
  ])

function modeOf(plan: Plan): PlannedContainer['mode'] {
  const mode = weighted(plan, [
    [22, 'bridge'],
    [62, 'user'],
    [4, 'host'],
    [3, 'none'],
    [9, 'container'],
  ] as const)
  const impossible =
    (mode === 'user' && plan.networks.length === 0) ||
    (mode === 'container' && joinable(plan).length === 0) ||
    (mode === 'host' && plan.containers.some((other) => other.mode === 'host'))
  return impossible ? 'bridge' : mode
}

/** Of the machine's own namespace there is one container at most: what it shows is the machine's. */
const joinable = (plan: Plan): PlannedContainer[] => plan.containers.filter(({ mode }) => mode !== 'host')

function networksOf(plan: Plan): string[] {
  const names = plan.networks.map(({ name }) => name)
  const chosen = [pick(plan, names)]
  const more = pick(plan, names)
  if (plan.abilities.has('several-networks') && odds(plan, 15) && !chosen.includes(more)) chosen.push(more)
  return chosen
}

function modeWords(plan: Plan, mode: PlannedContainer['mode'], networks: readonly string[]): string[] {
  if (mode === 'bridge') return linkWords(plan, 25, networks)
  if (mode === 'container') return [`--network container:${pick(plan, joinable(plan)).name}`]
  if (mode !== 'user') return [`--network ${mode}`]
  const words = networks.map((network) => `--network ${network}`)
  const address = addressOf(plan, networks[0] ?? '')
  if (address !== undefined && networks.length === 1 && odds(plan, 35)) words.push(`--ip ${address}`)
  for (
    let count = weighted(plan, [
      [60, 0],
      [30, 1],
      [10, 2],
    ] as const);
    count > 0;
    count--
  ) {
    const alias = pick(plan, aliasPool)
    nameGiven(plan, alias)
    words.push(`--network-alias ${alias}`)
  }
  return [...words, ...linkWords(plan, 12, networks)]
}

/** An address that the network may give, if it has a subnet of its own. */
export function addressOf(plan: Plan, network: string): string | undefined {
  const subnet = plan.networks.find(({ name }) => name === network)?.subnet
  if (subnet === undefined) return undefined
  return `${subnet.start}.${between(plan, 2, subnet.length >= 28 ? 13 : 70)}`
}

function linkWords(plan: Plan, percent: number, networks: readonly string[]): string[] {
  const near = plan.containers.filter(({ networks: theirs, mode }) =>
    networks.length === 0 ? mode === 'bridge' : networks.some((network) => theirs.has(network)),
  )
  if (near.length === 0 || !odds(plan, percent)) return []
  const alias = pick(plan, ['', ':store', ':front'])
  if (alias !== '') nameGiven(plan, alias.slice(1))
  return [`--link ${pick(plan, near).name}${alias}`]
}

function nameWords(plan: Plan, mode: PlannedContainer['mode'], name: string): string[] {
  const words: string[] = []
  if (mode === 'container') return words
  if (odds(plan, 10)) {
    const host = pick(plan, [`${name}-host`, `${name}.example.test`, 'box'])
    nameGiven(plan, host)
    words.push(`--hostname ${host}`)
  }
  if (odds(plan, 10)) {
    const host = pick(plan, ['extra:10.1.1.1', 'gate:host-gateway', 'extra:10.1.1.2'])
    words.push(`--add-host ${host}`)
    nameGiven(plan, host.split(':')[0] ?? '')
  }
  if (mode === 'user' && odds(plan, 4)) words.push('--mac-address 02:42:ac:00:00:99')
  return words
}

function resolverWords(plan: Plan, mode: PlannedContainer['mode']): string[] {
  const words: string[] = []
  if (mode === 'container' || mode === 'host') return words
  if (odds(plan, 8)) words.push('--dns 203.0.113.1')
  if (odds(plan, 5)) words.push('--dns-search example.test')
  if (odds(plan, 4)) words.push('--dns-option ndots:1')
  return words
}

function portWords(plan: Plan, image: string): string[] {
  const words: string[] = []
  const count = weighted(plan, [
    [images[image]?.page === undefined ? 80 : 25, 0],
    [40, 1],
    [15, 2],
  ] as const)
  for (let index = 0; index < count; index++) {
    const port = between(plan, 8080, 8095)
    plan.ports.add(port)
    words.push(
      `-p ${weighted(plan, [
        [50, `${port}:80`],
        [12, `127.0.0.1:${port}:80`],
        [6, `$H:${port}:80`],
        [8, `0.0.0.0:${port}:80`],
        [8, `${port}:53/udp`],
        [8, `${port}-${port + 2}:80-82`],
        [8, '80'],
        [4, `127.0.0.1::80`],
      ])}`,
    )
  }
  if (odds(plan, 6)) words.push('-P')
  if (odds(plan, 6)) words.push('--expose 7000')
  return words
}
