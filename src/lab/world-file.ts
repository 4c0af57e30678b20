// The description of a world: what `--world FILE` and the front matter of a scenario may say. Each key is told what
// would be right where it is wrong. It describes; the world builds.

import * as z from 'zod/mini'
import { parseCidr } from '../base/cidr.ts'
import { letterDistance } from '../base/distance.ts'
import { parseIp } from '../base/ip.ts'
import { parseMac } from '../base/mac.ts'
import { releaseNames } from '../base/release.ts'
import { readYaml } from './yaml-file.ts'

const text = (what: string) => z.string({ error: `this must be ${what}` })

const checked = (what: string, right: (value: string) => boolean) =>
  text(what).check(z.refine(right, { error: `this must be ${what}`, abort: true }))

const named = (what: string) =>
  checked(what, (value) => /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/.test(value))

const address = checked('an address, such as 192.168.5.4', (value) => parseIp(value) !== undefined)
const prefix = checked('a subnet, such as 192.168.5.0/24', (value) => parseCidr(value) !== undefined)
const linkAddress = checked(
  'an address with its prefix, such as 192.168.5.4/24',
  (value) => parseCidr(value) !== undefined,
)
const mac = checked('a MAC address, such as 52:54:00:12:34:56', (value) => parseMac(value) !== undefined)
const flag = (what: string) => z.boolean({ error: `this must be true or false: ${what}` })
const path = checked('an absolute path, such as /home/ubuntu', (value) => value.startsWith('/'))
const count = (what: string) => z.int({ error: `this must be a whole number: ${what}` })

const scalar = z.pipe(
  z.union([z.string(), z.number(), z.boolean()], { error: 'this must be a text or a number' }),
  z.transform((value) => String(value)),
)

/** A list of `item`. */
const listOf = <Item extends z.core.$ZodType>(item: Item, what: string) =>
  z.array(item, { error: `this must be a list of ${what}` })

const table = (what: string) => z.record(z.string(), scalar, { error: `this must be a table of ${what}` })

/** A table with the keys of `shape` and no others. */
const keysOf = <Shape extends z.core.$ZodShape>(what: string, shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unknownKey(issue.keys[0] ?? '', Object.keys(shape), what)
        : `this must be a table: ${what}, with the keys ${Object.keys(shape).join(', ')}`,
  })

function unknownKey(key: string, known: readonly string[], what: string): string {
  const near = known.find((name) => letterDistance(name, key) <= 2)
  return near
    ? `there is no key "${key}" in ${what}; did you mean "${near}"?`
    : `there is no key "${key}" in ${what}; there are ${known.join(', ')}`
}

// Without quotes YAML takes 20.10 for the number 20.1.
const release = z.pipe(
  z.pipe(
    scalar,
    z.transform((value) => (value === '20.1' ? '20.10' : value)),
  ),
  z.enum(releaseNames, { error: `this must be a Docker release: ${releaseNames.join(', ')} (in quotes)` }),
)

const resolver = keysOf('resolver', {
  servers: z.optional(listOf(address, 'addresses')),
  search: z.optional(listOf(text('a domain'), 'domains')),
  options: z.optional(listOf(scalar, 'resolv.conf options, such as edns0')),
})

const route = keysOf('a route', {
  to: checked(
    '"default" or a subnet, such as 10.0.0.0/8',
    (value) => value === 'default' || parseCidr(value) !== undefined,
  ),
  via: z.optional(address),
  device: z.optional(text('the name of a link, such as eth0')),
  metric: z.optional(count('the metric')),
})

const user = z.union(
  [
    text("a user's name"),
    keysOf('user', {
      name: text("a user's name"),
      docker: z.optional(flag('may the user talk to Docker?')),
      sudo: z.optional(flag('may the user use sudo?')),
    }),
  ],
  { error: "this must be a user's name, or a table with name, docker and sudo" },
)

const machineKeys = {
  lan: z.optional(text("a LAN's name")),
  address: z.optional(linkAddress),
  mac: z.optional(mac),
  card: z.optional(z.enum(['ethernet', 'veth'], { error: 'this must be ethernet or veth' })),
  gateway: z.optional(
    checked('an address, or none', (value) => value === 'none' || parseIp(value) !== undefined),
  ),
  routes: z.optional(listOf(route, 'routes')),
  sysctls: z.optional(table('sysctls, such as net.ipv4.ip_forward: 0')),
  resolver: z.optional(resolver),
  docker: z.optional(flag('does Docker run on the machine?')),
  workstation: z.optional(flag('is Colima installed there, to make other machines?')),
  user: z.optional(user),
  directory: z.optional(path),
  environment: z.optional(table('variables')),
}

const machine = keysOf('a machine', { name: named('the name of a machine, such as node1'), ...machineKeys })

const size = checked('a size, such as 7.8MB', (value) => /^\d+(?:\.\d+)? ?(?:[kKMGT]?B)?$/.test(value))

const layer = z.union(
  [
    text('the id of a layer'),
    keysOf('a layer', { id: z.optional(text('the id of a layer')), size: z.optional(size) }),
  ],
  { error: 'this must be the id of a layer, or a table with id and size' },
)

const image = z.union(
  [
    text('an image, such as nginx or alpine:3.20'),
    keysOf('an image', {
      name: text('an image, such as myapp:v1'),
      tags: z.optional(listOf(text('an image, such as myapp:v1'), 'names of images')),
      stored: z.optional(flag('is it stored on the machine, or still to be pulled?')),
      from: z.optional(text('the image whose files and configuration it takes')),
      programs: z.optional(listOf(text("a program's name"), 'programs')),
      command: z.optional(listOf(scalar, 'words')),
      entrypoint: z.optional(listOf(scalar, 'words')),
      environment: z.optional(table('variables')),
      ports: z.optional(listOf(scalar, 'ports, such as 80/tcp')),
      directory: z.optional(path),
      user: z.optional(text("a user's name")),
      size: z.optional(size),
      created: z.optional(text('a date')),
      id: z.optional(
        checked('an id of 12 or 64 hexadecimal digits', (value) =>
          /^(?:sha256:)?(?:[0-9a-f]{12}|[0-9a-f]{64})$/.test(value),
        ),
      ),
      digest: z.optional(
        checked(
          'sha256: and 64 hexadecimal digits, or none',
          (value) => value === 'none' || /^sha256:[0-9a-f]{64}$/.test(value),
        ),
      ),
      layers: z.optional(
        z.union([count('of layers'), listOf(layer, 'ids of layers')], {
          error: 'this must be a number of layers, or a list of their ids',
        }),
      ),
      history: z.optional(listOf(text('an instruction'), 'instructions')),
      files: z.optional(table('files: a path and what it holds')),
      labels: z.optional(table('labels')),
      volumes: z.optional(listOf(path, 'paths')),
      stopsignal: z.optional(text('a signal, such as SIGQUIT')),
    }),
  ],
  { error: "this must be an image's name, or a table with at least a name" },
)

const outside = keysOf('outside', {
  internet: z.optional(flag('do 8.8.8.8 and 1.1.1.1 answer?')),
  registry: z.optional(flag('can images be pulled?')),
  resolver: z.optional(address),
  hosts: z.optional(
    listOf(
      keysOf('an outside host', {
        name: text('a host name, such as example.com'),
        address,
        ping: z.optional(flag('does it answer ping?')),
        pages: z.optional(table('pages: a path and what it holds')),
      }),
      'hosts',
    ),
  ),
})

const kernel = keysOf('kernel', {
  without: z.optional(
    listOf(
      z.enum(['dummy', 'ipvlan', 'macvlan', 'vlan'], {
        error: 'this must be a kind of link: dummy, ipvlan, macvlan or vlan',
      }),
      'kinds of link',
    ),
  ),
})

// What is said of a machine may be said of the world too: then it holds for its only, or its first, machine.
const worldKeys = {
  ...machineKeys,
  release: z.optional(release),
  seed: z.optional(count('the seed of chance')),
  date: z.optional(
    checked('a date, such as 2026-11-21T09:00:00Z', (value) =>
      /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?$/.test(value),
    ),
  ),
  timezone: z.optional(
    checked('UTC, or the difference to it such as +09:00 or JST+09:00', (value) =>
      /^(?:UTC|[A-Z]{3,5}?[+-]\d\d:?\d\d|[+-]\d\d:?\d\d)$/.test(value),
    ),
  ),
  name: z.optional(named('the name of the machine')),
  lan: z.optional(prefix),
  lans: z.optional(listOf(keysOf('a LAN', { name: text("a LAN's name"), subnet: prefix }), 'LANs')),
  machines: z.optional(listOf(machine, 'machines')),
  kernel: z.optional(kernel),
  outside: z.optional(outside),
  images: z.optional(listOf(image, 'images')),
}

/** The schema of a world file. */
export const worldSchema = keysOf('a world', worldKeys)

/** A world as described; what is left out is the default world's. */
export type WorldSpec = z.infer<typeof worldSchema>
export type ImageSpec = z.infer<typeof image>
export type MachineSpec = z.infer<typeof machine>

/** The world that the YAML file `file` describes. Throws FileError with line, column, and what would be right. */
export const readWorldFile = (file: string, content: string): WorldSpec =>
  readYaml({ file, text: content, linesBefore: 0 }, worldSchema)

/** A schema of a world's keys and `more`. */
export const withWorldKeys = <Shape extends z.core.$ZodShape>(what: string, more: Shape) =>
  keysOf(what, { ...more, ...worldKeys })
