// `docker inspect`'s output: a template tried on the typed object and then on its JSON, or JSON itself
// (docker/cli cli/command/inspect/inspector.go). Where the objects come from is the caller's.

import { encodeJson, indentJson } from './json.ts'
import { TemplateSyntaxError } from './template/reader.ts'
import { parseTemplate, runTemplate, type Template } from './template/template.ts'
import { rawJson } from './template/types.ts'
import { GoValue } from './template/value.ts'
import type { FormatTraits } from './traits.ts'

/** An object found, or what the daemon said of a name. */
export type Inspected =
  | {
      readonly value: GoValue
      /** False for what no daemon sent as JSON (contexts): then there is no second try, and HTML is escaped. */
      readonly raw?: boolean
      /** What the daemon sent, where that is not what the client's type makes of it; HTML is escaped in it. */
      readonly sent?: GoValue | undefined
    }
  | { readonly error: string }

export interface InspectResult {
  readonly out: string
  /** Without a new line at its end; empty if nothing failed. */
  readonly err: string
  /** 0, 1 or 64. */
  readonly status: number
}

export type Inspector =
  | { readonly kind: 'indented' }
  | { readonly kind: 'json' }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'wrong'; readonly result: InspectResult }

/** Reads `format`, before anything is looked for: a template that is wrong ends the command with status 64. */
export function inspectorOf(format: string, traits: FormatTraits): Inspector {
  if (format === '') return { kind: 'indented' }
  if (format === 'json' && traits.knowsJson) return { kind: 'json' }
  try {
    return { kind: 'template', template: parseTemplate(format, traits.dialect) }
  } catch (cause) {
    if (!(cause instanceof TemplateSyntaxError)) throw cause
    const err = traits.templateError.before + cause.message
    return { kind: 'wrong', result: { out: '', err, status: 64 } }
  }
}

/** What the command prints of the objects, in the order in which they were named. */
export function inspect(
  inspector: Inspector,
  objects: readonly Inspected[],
  traits: FormatTraits,
): InspectResult {
  if (inspector.kind === 'wrong') return inspector.result
  const errors: string[] = []
  const found: string[] = []
  let text = ''
  for (const object of objects) {
    if ('error' in object) {
      errors.push(object.error)
      continue
    }
    const escapeHtml = object.raw === false || object.sent !== undefined
    found.push(encodeJson(object.sent ?? object.value, { escapeHtml }))
    if (inspector.kind !== 'template') continue
    const line = render(inspector.template, object.value, object.raw ?? true)
    if (typeof line === 'string') text += `${line}\n`
    else errors.push(traits.templateError.before + line.message)
  }
  const array = `[${found.join(',')}]`
  const out = { template: text || '\n', json: `${array}\n`, indented: `${indentJson(array)}\n` }[
    inspector.kind
  ]
  return { out, err: errors.join('\n'), status: errors.length > 0 ? 1 : 0 }
}

/** The typed object knows Go's names; its JSON, tried after it, those of the API, and no missing key. */
function render(template: Template, value: GoValue, hasRaw: boolean): string | Error {
  const typed = runTemplate(template, value)
  if (!typed.error) return typed.text
  if (!hasRaw) return typed.error
  const raw = new GoValue(rawJson, JSON.parse(encodeJson(value)))
  const second = runTemplate(template, raw, { missingKeyFails: true })
  return second.error ?? second.text
}
