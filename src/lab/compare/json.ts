// JSON that a text shows: maps keyed by ids have no order in Docker (Go prints them by key, and the keys are random),
// so both sides are printed again in the order of the entries' names.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const id = /^[0-9a-f]{12,64}$/

/** The two texts, reprinted alike where both are JSON and hold such a map; else as they are. */
export function ordered(text: string, ours: string): { text: string; ours: string } {
  const ourJson = parsed(ours)
  if (ourJson === undefined || !hasIdMap(ourJson)) return { text, ours }
  const textJson = parsed(text)
  if (textJson === undefined) return { text, ours }
  return { text: printed(textJson), ours: printed(ourJson) }
}

const printed = (value: Json): string => JSON.stringify(inOrder(value), undefined, 4)

function parsed(text: string): Json | undefined {
  const trimmed = text.trim()
  if (!/^[[{][\s\S]*[\]}]$/.test(trimmed) || trimmed.length > 1_000_000) return undefined
  try {
    return JSON.parse(trimmed)
  } catch {
    return undefined
  }
}

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function hasIdMap(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasIdMap)
  if (!isMap(value)) return false
  const keys = Object.keys(value)
  return (keys.length > 1 && keys.every((key) => id.test(key))) || Object.values(value).some(hasIdMap)
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isMap(value)) return value
  const entries = Object.entries(value).map(([key, entry]) => [key, inOrder(entry)] as const)
  if (entries.every(([key]) => id.test(key))) entries.sort(([, a], [, b]) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return Object.fromEntries(entries)
}

function nameOf(value: Json): string {
  if (!isMap(value)) return ''
  const { Name: name } = value
  return String(name ?? '')
}
