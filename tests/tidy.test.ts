import { expect, test } from 'vitest'

test('placeholder until the rules stand here', () => {
  expect(1).toBe(1)
})
