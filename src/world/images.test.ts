// What images promise, their programs keep: each executable names a program of the table.

import { expect, test } from 'vitest'
import { catalogue } from '../images/index.ts'
import { packagesOf } from '../images/packages.ts'
import type { Node } from '../kernel/fs/node.ts'
import { hostTree } from './hosttree.ts'
import { wholeCatalogue } from './images.ts'
import { programsFor } from './programs.ts'

function programsIn(node: Node): string[] {
  if (node.kind === 'directory') return [...node.entries.values()].flatMap(programsIn)
  return node.kind === 'file' && node.program !== undefined ? [node.program] : []
}

const unknown = (names: readonly string[]): string[] => {
  const table = programsFor('28')
  return [...new Set(names)].filter((name) => table.get(name) === undefined).sort()
}

test('each executable of an image has its program', () => {
  const names = [...catalogue.values()].flatMap(({ layers }) =>
    layers.flatMap(({ tree }) => programsIn(tree)),
  )
  expect(unknown(names)).toEqual([])
})

test('each executable of a host has its program', () => {
  expect(unknown(programsIn(hostTree('host', { name: 'ann', docker: true, sudo: true }, '')))).toEqual([])
})

test('each executable of a package has its program', () => {
  const suites = ['noble', 'jammy', 'bookworm', 'trixie', 'alpine']
  const names = suites.flatMap((suite) =>
    packagesOf(suite).flatMap((each) => Object.values(each.executables)),
  )
  expect(unknown(names)).toEqual([])
})

test('a described image takes files from another, and its own ids, sizes and words', () => {
  const id = 'a'.repeat(64)
  const whole = wholeCatalogue({
    images: [
      {
        name: 'tools:1',
        from: 'debian',
        id,
        programs: ['ping', '/usr/sbin/ip=ip.bookworm'],
        files: { '/etc/motd': 'hello\n', '/data/': '' },
        layers: ['b'.repeat(64), { id: 'c'.repeat(64), size: '5MB' }],
        history: ['/bin/sh -c #(nop) ADD a in /', '/bin/sh -c #(nop)  CMD ["sh"]'],
        command: ['sh'],
      },
    ],
  })
  const image = whole.get('docker.io/library/tools:1')
  expect(image?.id).toBe(`sha256:${id}`)
  expect(image?.layers.map((layer) => layer.diffId)).toEqual([
    `sha256:${'b'.repeat(64)}`,
    `sha256:${'c'.repeat(64)}`,
  ])
  expect(image?.layers[1]?.size).toBe(5_000_000)
  expect(image?.history?.map(({ empty }) => empty)).toEqual([false, true])
  expect(image?.config.cmd).toEqual(['sh'])
  expect(image && programsIn(image.layers[1]?.tree as Node)).toEqual(['ping', 'ip.bookworm'])
})
