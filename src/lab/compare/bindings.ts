// Which value of ours a value of the text stands for: bound where first seen, and the same ever after, both ways.
// An id and its first digits are one value.

import { type BoundKind, isBoundKind, piecesOf } from './values.ts'

export interface Binding {
  readonly kind: BoundKind
  readonly text: string
  readonly ours: string
  /** The line of the text where they were first seen together. */
  readonly line: number
}

/** Never changed in place: a comparison that fails leaves no binding behind. */
export type Bindings = readonly Binding[]

export interface Conflict {
  readonly kind: BoundKind
  readonly text: string
  readonly ours: string
  /** The binding that says otherwise. */
  readonly earlier: Binding
}

/** The bindings with `text` standing for `ours`, or the conflict with an earlier one. */
export function bind(
  bindings: Bindings,
  pair: { kind: BoundKind; text: string; ours: string; line: number },
): Bindings | Conflict {
  const { kind, line } = pair
  const text = canonical(kind, pair.text)
  const ours = canonical(kind, pair.ours)
  if (kind === 'ip' && text === ours) return bindings
  for (const [index, earlier] of bindings.entries()) {
    if (earlier.kind !== kind) continue
    const sameText = related(kind, earlier.text, text)
    const sameOurs = related(kind, earlier.ours, ours)
    if (sameText !== sameOurs) return { kind, text, ours, earlier }
    if (!sameText) continue
    if (text.length <= earlier.text.length && ours.length <= earlier.ours.length) return bindings
    return bindings.with(index, {
      ...earlier,
      text: longer(earlier.text, text),
      ours: longer(earlier.ours, ours),
    })
  }
  return [...bindings, { kind, text, ours, line }]
}

export const isConflict = (result: Bindings | Conflict): result is Conflict => 'earlier' in result

/** `line` of the text with its bound values replaced by ours: what to type for a command that names them. */
export function withOurs(bindings: Bindings, line: string): string {
  const replaced = piecesOf(line).map(({ kind, text }) =>
    isBoundKind(kind) ? oursFor(bindings, kind, text) : text,
  )
  return replaced
    .join('')
    .replace(/(?<=^|[\s=:/])[0-9a-f]{3,63}(?=$|[\s:])/g, (word) =>
      /\d/.test(word) ? oursFor(bindings, 'id', word) : word,
    )
}

/** `line` of ours with its bound values replaced by the text's. */
export function withTexts(bindings: Bindings, line: string): string {
  return piecesOf(line)
    .map(({ kind, text }) => {
      const found = bindings.find((one) => one.kind === kind && related(one.kind, one.ours, text))
      return found && isBoundKind(kind) ? cut(found.text, text) : text
    })
    .join('')
}

function oursFor(bindings: Bindings, kind: BoundKind, text: string): string {
  const found = bindings.filter(
    (one) =>
      one.kind === kind &&
      (one.text === text || (kind === 'id' && one.text.startsWith(canonical(kind, text)))),
  )
  const [only, ...others] = found
  return only && others.length === 0 ? cut(only.ours, text) : text
}

const cut = (value: string, like: string): string =>
  /^[0-9a-f]{12,64}$/.test(value) ? value.slice(0, like.replace(/\W+$/, '').length) : value

const canonical = (kind: BoundKind, text: string): string =>
  kind === 'id' ? text.replace(/\.\.\.$|…$/, '') : kind === 'mac' ? text.toLowerCase() : text

const related = (kind: BoundKind, a: string, b: string): boolean =>
  a === b || (kind === 'id' && (a.startsWith(b) || b.startsWith(a)))

const longer = (a: string, b: string): string => (b.length > a.length ? b : a)
