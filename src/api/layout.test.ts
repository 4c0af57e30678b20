// Key orders against what real engines print (facts: networking §4, docker-cli §11).

import { expect, test } from 'vitest'
import { api28, api2010 } from './layout.ts'
import { inOrder, sortedRecord } from './record.ts'

test('a release chooses keys and their order', () => {
  const record = { B: 1, A: 2, C: undefined, D: 4 }
  expect(JSON.stringify(inOrder(record, ['D', 'C', 'A']))).toBe('{"D":4,"A":2}')
  expect(
    JSON.stringify(
      sortedRecord([
        ['b', 1],
        ['a', 2],
      ]),
    ),
  ).toBe('{"a":2,"b":1}')
})

test('NetworkSettings and endpoints', () => {
  expect(api28.networkSettings.slice(0, 5).join()).toBe('Bridge,SandboxID,SandboxKey,Ports,HairpinMode')
  expect(api2010.networkSettings.slice(5, 7).join()).toBe('Ports,SandboxKey')
  expect(api28.endpoint.slice(3, 6).join()).toBe('MacAddress,DriverOpts,GwPriority')
  expect(api2010.endpoint.slice(-2).join()).toBe('MacAddress,DriverOpts')
})

test('HostConfig', () => {
  const before = (keys: readonly string[], key: string) => keys[keys.indexOf(key) - 1]
  expect(before(api28.hostConfig, 'ConsoleSize')).toBe('VolumesFrom')
  expect(before(api2010.hostConfig, 'ConsoleSize')).toBe('Runtime')
  for (const api of [api28, api2010])
    for (const key of Object.keys(api.hostDefaults))
      if (!key.startsWith('KernelMemory')) expect(api.hostConfig).toContain(key)
})
