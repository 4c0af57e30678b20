import { describe, expect, test } from 'vitest'
import { encode } from '../../base/bytes.ts'
import { StatusError } from '../errors.ts'
import { createKeyWatch, parseKeys, watchKeys } from './detach-keys.ts'

describe('keys to detach', () => {
  test('are ctrl-p ctrl-q unless told otherwise', () => {
    expect(createKeyWatch('').sequence).toBe('\x10\x11')
  })

  test('are letters and ctrl- keys', () => {
    expect(parseKeys('ctrl-a,x,ctrl-],ctrl-@')).toBe('\x01x\x1d\x00')
    expect(() => parseKeys('foo')).toThrow(StatusError)
  })

  test('do not go on; a beginning that leads nowhere does', () => {
    const watch = createKeyWatch('')
    expect(watchKeys(watch, encode('ab\x10'))).toEqual({ passed: 'ab', detached: false })
    expect(watchKeys(watch, encode('c'))).toEqual({ passed: '\x10c', detached: false })
    expect(watchKeys(watch, encode('\x10\x10'))).toEqual({ passed: '\x10', detached: false })
    expect(watchKeys(watch, encode('\x11rest'))).toEqual({ passed: '', detached: true })
  })
})
