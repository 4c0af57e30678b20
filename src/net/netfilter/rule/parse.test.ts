import { expect, test } from 'vitest'
import { parseRule } from './parse.ts'

test('x', () => {
  expect(
    parseRule('! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80'.split(' ')).specs[0]
      ?.text,
  ).toBe('! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80')
})
