// The keys that detach a client from a terminal: ctrl-p,ctrl-q unless told otherwise (moby/term ascii.go, proxy.go).

import { type Bytes, encode, noBytes } from '../../base/bytes.ts'
import { StatusError } from '../errors.ts'

export interface KeyWatch {
  readonly sequence: Bytes
  /** What was typed of it so far. */
  typed: Bytes
}

const usual = '\x10\x11' as Bytes

/** A watch for `ctrl-x,y` or the usual keys for ''. @throws StatusError */
export function createKeyWatch(text: string): KeyWatch {
  return { sequence: text === '' ? usual : parseKeys(text), typed: noBytes }
}

/** Refuses keys that there are none of, with `words` (TEXT stands for them). @throws StatusError */
export function checkDetachKeys(text: string, words: string): void {
  if (text === '') return
  try {
    parseKeys(text)
  } catch (cause) {
    if (cause instanceof StatusError) throw new StatusError(words.replace('TEXT', () => text))
    throw cause
  }
}

/** What a client says whom the daemon lets attach under no such keys. */
export const attachRefusal = 'unable to upgrade to tcp, received 400'

/** @throws StatusError for what is no key */
export function parseKeys(text: string): Bytes {
  return text
    .split(',')
    .map((key) => {
      if (encode(key).length === 1) return key
      const control = /^ctrl-(.)$/.exec(key)?.[1]
      const code = control === undefined ? -1 : controlCode(control)
      if (code < 0) throw new StatusError(`invalid detach keys (${text}): Unknown character: '${key}'`)
      return String.fromCharCode(code)
    })
    .join('') as Bytes
}

/** `ctrl-a` to `ctrl-z`, `ctrl-@`, `ctrl-[`, `ctrl-\`, `ctrl-]`, `ctrl-^`, `ctrl-_`. */
function controlCode(letter: string): number {
  if (/[a-z]/.test(letter)) return letter.charCodeAt(0) - 96
  return '@[\\]^_'.includes(letter) ? letter.charCodeAt(0) & 0x1f : -1
}

/** What of `bytes` goes on, and whether the whole sequence was typed; a beginning that leads nowhere goes on too. */
export function watchKeys(watch: KeyWatch, bytes: Bytes): { passed: Bytes; detached: boolean } {
  let passed = ''
  for (const byte of bytes) {
    const typed = (watch.typed + byte) as Bytes
    if (typed === watch.sequence) {
      watch.typed = noBytes
      return { passed: passed as Bytes, detached: true }
    }
    if (watch.sequence.startsWith(typed)) {
      watch.typed = typed
      continue
    }
    passed += watch.typed
    watch.typed = noBytes
    if (watch.sequence.startsWith(byte)) watch.typed = byte as Bytes
    else passed += byte
  }
  return { passed: passed as Bytes, detached: false }
}
