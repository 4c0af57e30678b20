import { expect, test } from 'vitest'
import { milliseconds, seconds } from '../../base/instant.ts'
import { isLinkDown, listRoutes } from '../route.ts'
import { bridgeOf, container, machine, pass, testFabric } from '../test-network.ts'
import { deleteLink, setUp } from './admin.ts'
import { isRunning } from './link.ts'
import { appearsRunning } from './linkwatch.ts'

// Recorded of both engines: after `docker stop` the route over the bridge is `linkdown` only a second later.
test('a bridge that loses its last port is told to be down up to a second later', () => {
  const fabric = testFabric()
  const host = machine(fabric, 'host')
  const bridge = bridgeOf(host, '172.17.0.1/16')
  const down = () => listRoutes(host, 4).map(isLinkDown)
  expect(down()).toEqual([true])
  const first = container(bridge, 'first', '172.17.0.2/16')
  expect(down()).toEqual([false])
  pass(fabric, seconds(5))
  deleteLink(first.link)
  expect([isRunning(bridge), appearsRunning(bridge), ...down()]).toEqual([false, true, false])
  pass(fabric, milliseconds(900))
  expect(down()).toEqual([false])
  pass(fabric, milliseconds(200))
  expect([appearsRunning(bridge), ...down()]).toEqual([false, true])
})

test('one that gets another port before that never seems to be down', () => {
  const fabric = testFabric()
  const host = machine(fabric, 'host')
  const bridge = bridgeOf(host, '172.17.0.1/16')
  deleteLink(container(bridge, 'first', '172.17.0.2/16').link)
  const { port } = container(bridge, 'second', '172.17.0.3/16')
  setUp(port)
  pass(fabric, seconds(3))
  expect(listRoutes(host, 4).map(isLinkDown)).toEqual([false])
})
