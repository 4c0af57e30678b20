// Reads YAML of ours with the place of every mistake: what is wrong, where, and what would be right.

import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { core } from 'zod/mini'
import { FileError, type Place } from './errors.ts'

/** Where a YAML text stands: the file's name, and how many lines of the file are before it. */
export interface YamlSource {
  readonly file: string
  readonly text: string
  readonly linesBefore: number
}

/** A schema that says what it found wrong: zod's, with sentences of ours. */
interface Schema<Value> {
  safeParse(input: unknown): { success: true; data: Value } | { success: false; error: core.$ZodError }
}

const limit = 200_000

/** The value of `source`, checked by `schema`. Throws FileError, placed at the first mistake. */
export function readYaml<Value>(source: YamlSource, schema: Schema<Value>): Value {
  const { file, text, linesBefore } = source
  if (text.length > limit)
    throw new FileError(file, `the YAML has ${text.length} characters; it may have ${limit}`)
  const counter = new LineCounter()
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { line: line + linesBefore, column: col }
  }
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const [mistake] = document.errors
  if (mistake) throw new FileError(file, `not YAML: ${oneLine(mistake.message)}`, placeAt(mistake.pos[0]))
  const result = schema.safeParse(contentOf(document, file))
  if (result.success) return result.data
  const { path, message, keys } = deepest(result.error.issues[0])
  throw new FileError(file, message, placeAt(offsetOf(document.contents, path, keys?.[0])))
}

function contentOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch (cause) {
    throw new FileError(
      file,
      `not YAML that we read: ${oneLine(cause instanceof Error ? cause.message : '')}`,
    )
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

interface Mistake {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[] | undefined
}

// A union fails as a whole; the branch that came furthest knows best what is wrong.
function deepest(issue: core.$ZodIssue | undefined): Mistake {
  if (!issue) return { path: [], message: 'wrong' }
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined
  let best: Mistake = { path: issue.path, message: issue.message, keys }
  if (issue.code !== 'invalid_union') return best
  for (const branch of issue.errors) {
    const inner = deepest(branch[0])
    if (inner.path.length > 0 || inner.keys) best = { ...inner, path: [...issue.path, ...inner.path] }
  }
  return best
}

// Where the value at `path` begins, or within it the key `key`.
function offsetOf(contents: unknown, path: readonly PropertyKey[], key: string | undefined): number {
  let item = isNode(contents) ? contents : undefined
  let offset = startOf(item)
  for (const [index, part] of path.entries()) {
    const child: unknown = isMap(item) ? item.get(part, true) : childAt(item, part)
    const keyOffset = keyStart(item, String(part))
    item = isNode(child) ? child : undefined
    offset = (item && startOf(item)) || keyOffset || offset
    if (!item && index < path.length - 1) break
  }
  return (key === undefined ? undefined : keyStart(item, key)) ?? offset
}

function childAt(item: Node | undefined, part: PropertyKey): unknown {
  return item && 'items' in item && Array.isArray(item.items) ? item.items[Number(part)] : undefined
}

const startOf = (item: Node | undefined): number => item?.range?.[0] ?? 0

function keyStart(item: Node | undefined, key: string): number | undefined {
  if (!isMap(item)) return undefined
  for (const pair of item.items)
    if (isScalar(pair.key) && String(pair.key.value) === key) return pair.key.range?.[0]
  return undefined
}
