import { describe, expect, test } from 'vitest'
import { compareStep } from '../../tools/parity/compare.ts'
import { createReferences } from '../../tools/parity/references.ts'

const a = 'a1'.repeat(32)
const b = 'b2'.repeat(32)
const c = 'c3'.repeat(32)

const step = (out: string, cmd = 'docker ps') => ({ cmd, out, err: '', rc: 0 })

/** Which of the pairs of outputs, compared one after the other, are equal. */
function equals(pairs: readonly (readonly [string, string])[], cmd?: string, given = ''): boolean[] {
  const references = createReferences(given)
  return pairs.map(
    ([theirs, ours]) => compareStep(step(theirs, cmd), step(ours, cmd), references).length === 0,
  )
}

describe('values stand for one another', () => {
  test('an id for one id, short and long', () => {
    expect(
      equals([
        [a, b],
        [a.slice(0, 12), b.slice(0, 12)],
        [a, c],
        [c, b],
        [a, b.slice(0, 12)],
      ]),
    ).toEqual([true, true, false, false, false])
  })

  test('a step that differs binds nothing', () => {
    expect(
      equals([
        [`${a} ${a}`, `${b} ${c}`],
        [a, c],
      ]),
    ).toEqual([false, true])
  })

  test('what the script or the world names is itself', () => {
    expect(
      equals(
        [
          [a, b],
          [a, a],
        ],
        undefined,
        `docker inspect ${a}`,
      ),
    ).toEqual([false, true])
  })

  test('addresses of links, except those made from an IPv4 address', () => {
    expect(
      equals([
        ['7a:11:22:33:44:55', 'fe:12:34:56:78:9a'],
        ['7A:11:22:33:44:55', 'fe:12:34:56:78:9b'],
      ]),
    ).toEqual([true, false])
    expect(equals([['02:42:ac:11:00:02', '02:42:ac:11:00:03']])).toEqual([false])
  })

  test('names that docker draws, and no others', () => {
    expect(
      equals([
        ['happy_turing', 'sad_tesla'],
        ['my_net', 'your_net'],
      ]),
    ).toEqual([true, false])
  })

  test('one instant is always told alike', () => {
    const [x, y, z] = ['1', '2', '3'].map((digit) => `2026-11-21T09:00:0${digit}.123456789Z`)
    expect(
      equals([
        [`${x} ${y}`, `${z} ${z}`],
        [`${x}`, `${y}`],
      ]),
    ).toEqual([true, false])
  })
})

describe('all else is compared byte for byte', () => {
  test('text, order and ends', () => {
    expect(
      equals([
        ['a\nb\n', 'b\na\n'],
        ['a\n', 'a'],
        ['a \n', 'a\n'],
        ['10.0.0.2', '10.0.0.3'],
      ]),
    ).toEqual([false, false, false, false])
  })

  test('blanks differ only where a value is wider', () => {
    expect(equals([['web   Up 2 seconds   80\n', 'web   Up 12 seconds   80\n']])).toEqual([true])
    expect(equals([['web   Up 2 seconds   80\n', 'web   Up 12 seconds    80\n']])).toEqual([true])
    expect(equals([['web   Up 2 seconds   80\n', 'web   Up 3 seconds    80\n']])).toEqual([false])
  })

  test('streams and status', () => {
    const references = createReferences('')
    const ours = { cmd: 'x', out: '', err: 'a\n', rc: 1 }
    expect(compareStep({ cmd: 'x', out: 'a\n', err: '', rc: 0 }, ours, references)).toHaveLength(3)
  })
})

describe('what has no order is found in any', () => {
  test('the lists of prune', () => {
    expect(equals([['Deleted Networks:\na\nb\n\n', 'Deleted Networks:\nb\na\n\n']])).toEqual([true])
    expect(equals([['Deleted Networks:\na\nb\n\n', 'Deleted Networks:\nb\nb\n\n']])).toEqual([false])
  })

  test('answers that race', () => {
    const answers = (first: string, second: string) => `Server:\t127.0.0.11\n\n${first}\n\n${second}\n\n`
    const [v4, v6] = ['Name:\tweb\nAddress: 172.18.0.2', 'Name:\tweb\nAddress: fd00::2']
    expect(equals([[answers(v4, v6), answers(v6, v4)]], 'docker exec a nslookup web')).toEqual([true])
  })

  test('entries with known ids are found by them', () => {
    const list = (...ids: string[]) => `deleted:\n${ids.join('\n')}\n`
    expect(
      equals([
        [b, c],
        [list(a, b), list(c, a)],
        [a, a],
      ]),
    ).toEqual([true, true, true])
  })

  test('maps by id', () => {
    const map = (...ids: string[]) =>
      JSON.stringify(Object.fromEntries(ids.map((id, index) => [id, { Name: `c${index}` }])))
    const swapped = JSON.stringify({ [c]: { Name: 'c1' }, [b]: { Name: 'c0' } })
    expect(
      equals([
        [map(a, b), swapped],
        [b, c],
      ]),
    ).toEqual([true, true])
  })
})
