import { expect, test } from 'vitest'
import { described, FileError } from './errors.ts'
import { readWorldFile } from './world-file.ts'

const told = (...lines: string[]): string => {
  try {
    readWorldFile('w.yaml', lines.join('\n'))
  } catch (cause) {
    if (cause instanceof FileError) return described(cause)
    throw cause
  }
  return 'right'
}

test('a whole world', () => {
  const world = readWorldFile(
    'w.yaml',
    `
release: 20.10
date: 2021-04-17T05:00:00Z
timezone: JST+09:00
lan: 192.168.5.0/24
user: { name: root, docker: true }
machines:
  - name: node1
    address: 192.168.5.4/24
    gateway: none
    sysctls: { net.ipv4.ip_forward: 1 }
    routes: [{ to: 10.0.0.0/8, via: 192.168.5.9 }]
resolver: { servers: [192.168.5.2], search: [lab.internal], options: [edns0] }
outside: { internet: false, hosts: [{ name: example.com, address: 93.184.216.34, pages: { /: hello } }] }
environment: { HOME: /root, N: 1 }
images:
  - nginx
  - { name: 'myapp:v1', from: nginx, command: [sleep, 60], size: 12MB, layers: 3 }
`,
  )
  expect(world.release).toBe('20.10')
  expect(world.machines?.[0]?.sysctls).toEqual({ 'net.ipv4.ip_forward': '1' })
  expect(world.environment).toEqual({ HOME: '/root', N: '1' })
  expect(world.images?.[1]).toMatchObject({ name: 'myapp:v1', command: ['sleep', '60'], layers: 3 })
  expect(readWorldFile('w.yaml', '')).toEqual({})
})

test.each([
  [
    ['user: root', 'imges: [nginx]'],
    'w.yaml:2:1: there is no key "imges" in a world; did you mean "images"?',
  ],
  [['release: 27'], 'w.yaml:1:10: this must be a Docker release: 19.03, 20.10, 28, 29 (in quotes)'],
  [
    ['machines:', '  - name: a', '    address: 192.168.5.400/24'],
    'w.yaml:3:14: this must be an address with its prefix, such as 192.168.5.4/24',
  ],
  [
    ['machines:', '  - name: a', '    adress: 192.168.5.4/24'],
    'w.yaml:3:5: there is no key "adress" in a machine; did you mean "address"?',
  ],
  [['resolver:', '  servers: 192.168.5.2'], 'w.yaml:2:12: this must be a list of addresses'],
  [['images:', '  - { name: a, size: big }'], 'w.yaml:2:22: this must be a size, such as 7.8MB'],
  [
    ['user: { name: a, docker: perhaps }'],
    'w.yaml:1:26: this must be true or false: may the user talk to Docker?',
  ],
  [
    ['a: [1'],
    'w.yaml:1:6: not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [['lan: 192.168.5.0'], 'w.yaml:1:6: this must be a subnet, such as 192.168.5.0/24'],
  [
    ['- 1'],
    'w.yaml:1:1: this must be a table: a world, with the keys lan, address, mac, card, gateway, routes, sysctls, resolver, docker, workstation, user, directory, environment, release, seed, date, timezone, name, lans, machines, kernel, outside, images',
  ],
])('%j: what is wrong, where, and what would be right', (lines, message) => {
  expect(told(...lines)).toBe(message)
})

test('a bomb of aliases is refused', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let depth = 1; depth < 9; depth++)
    bomb.push(
      `a${depth}: &a${depth} [${Array(10)
        .fill(`*a${depth - 1}`)
        .join(', ')}]`,
    )
  expect(told(...bomb)).toMatch(/^w\.yaml: not YAML that we read: Excessive alias count/)
})
