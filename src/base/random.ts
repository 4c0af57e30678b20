// Chance, injected: one seed, and a stream for each use, so that a new draw here moves nothing there.

import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** A named stream: the state of its generator, plain numbers. */
export interface Stream {
  state: readonly number[]
}

export interface Random {
  readonly seed: number
  readonly streams: Map<string, Stream>
}

export const createRandom = (seed: number): Random => ({ seed: seed | 0, streams: new Map() })

/** A whole number from `low` to `high`, both included, from the stream called `name`. */
export function draw(random: Random, name: string, low: number, high: number): number {
  const stream = streamOf(random, name)
  const generator = xoroshiro128plusFromState(stream.state)
  const value = uniformInt(generator, low, high)
  stream.state = generator.getState()
  return value
}

/** `length` random hexadecimal digits from the stream called `name`. */
export function drawHex(random: Random, name: string, length: number): string {
  const stream = streamOf(random, name)
  const generator = xoroshiro128plusFromState(stream.state)
  let digits = ''
  while (digits.length < length) digits += (generator.next() >>> 0).toString(16).padStart(8, '0')
  stream.state = generator.getState()
  return digits.slice(0, length)
}

/** `items` in a random order, from the stream called `name`. */
export function shuffle<Item>(random: Random, name: string, items: readonly Item[]): Item[] {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = draw(random, name, 0, last)
    const kept = shuffled[last] as Item
    shuffled[last] = shuffled[other] as Item
    shuffled[other] = kept
  }
  return shuffled
}

function streamOf(random: Random, name: string): Stream {
  let stream = random.streams.get(name)
  if (!stream) {
    stream = { state: xoroshiro128plus(random.seed ^ hash(name)).getState() }
    random.streams.set(name, stream)
  }
  return stream
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value | 0
}
