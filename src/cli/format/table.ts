// `--format` of commands that list: a table, JSON or a template, all from one map of columns (docker/cli
// cli/command/formatter/formatter.go). It knows no nouns, and does not print: the text goes back to the caller.

import { encodeJson } from './json.ts'
import { align } from './tabs.ts'
import { headerFunctions } from './template/docker.ts'
import { TemplateSyntaxError } from './template/reader.ts'
import { parseTemplate, runTemplate, type Template } from './template/template.ts'
import type { GoType, Method, StructType } from './template/types.ts'
import { any, map, pointer, struct, text } from './template/types.ts'
import { compareBytes, GoValue } from './template/value.ts'
import type { FormatTraits } from './traits.ts'

export interface Column<Row> {
  /** Undefined where the header row does not know it. */
  readonly header: string | undefined
  /** What the placeholder is worth: text, or data of `type`. */
  readonly cell: (row: Row) => unknown
  readonly type?: GoType
}

export interface ListView<Row> {
  /** Go's type of a row, which messages name: `formatter.ContainerContext`. */
  readonly typeName: string
  /** By placeholder; those of JSON too. */
  readonly columns: Readonly<Record<string, Column<Row>>>
  /** For `.Label "key"`; lists without labels leave it out. */
  readonly label?: (row: Row, key: string) => string
  /** Fields that Go keeps to itself: naming one is another mistake than naming none. */
  readonly hidden?: readonly string[]
}

/** A format is wrong; the message is Docker's, whole. */
export class FormatError extends Error {}

/**
 * The rows in `format`: `table …`, `json` or a template. Callers put their default for an empty format, for `table`
 * alone and for `raw`.
 * @throws FormatError
 */
export function formatList<Row extends object>(
  view: ListView<Row>,
  rows: readonly Row[],
  format: string,
  traits: FormatTraits,
): string {
  const isTable = format.startsWith('table')
  const template = parsed(templateText(format, traits), traits)
  const type = pointer(rowType(view))
  let body = ''
  for (const row of rows) {
    const { text: line, error } = runTemplate(template, new GoValue(type, row))
    if (error) throw refusal(traits, error.message)
    body += `${line}\n`
  }
  return isTable ? align(`${headerLine(view, template)}\n${body}`, traits.columnWidth) : body
}

/**
 * Tries `format` on a row of nothing, as docker ps does before it asks the daemon.
 * @returns the placeholders it uses
 * @throws FormatError
 */
export function tryFormat<Row extends object>(
  view: ListView<Row>,
  empty: Row,
  format: string,
  traits: FormatTraits,
): ReadonlySet<string> {
  const used = new Set<string>()
  const template = parsed(format, traits, traits.trial.parse)
  const { error } = runTemplate(template, new GoValue(pointer(rowType(view, used)), empty))
  if (error && traits.trial.run !== undefined) throw new FormatError(traits.trial.run + error.message)
  return used
}

/** The template in a format: without its `table`, with its \t and \n made real. */
function templateText(format: string, traits: FormatTraits): string {
  if (format === 'json' && traits.knowsJson) return '{{json .}}'
  const body = format.startsWith('table') ? format.slice('table'.length) : format
  return body.replace(/^ +| +$/g, '').replace(/\\([tn])/g, (_, letter) => (letter === 't' ? '\t' : '\n'))
}

function parsed(source: string, traits: FormatTraits, prefix?: string): Template {
  try {
    return parseTemplate(source, traits.dialect)
  } catch (cause) {
    if (!(cause instanceof TemplateSyntaxError)) throw cause
    throw prefix === undefined ? refusal(traits, cause.message) : new FormatError(prefix + cause.message)
  }
}

const refusal = ({ templateError }: FormatTraits, message: string): FormatError =>
  new FormatError(templateError.before + message + templateError.afterInList)

/** The row as Go sees it: a struct whose methods are the columns. `used` hears which were called. */
function rowType<Row>(view: ListView<Row>, used?: Set<string>): StructType {
  const methods: Record<string, Method> = {
    FullHeader: { parameters: [], result: any, call: () => null },
    ...labelMethod(view.label),
  }
  for (const [name, column] of Object.entries(view.columns)) {
    methods[name] = {
      parameters: [],
      result: column.type ?? text,
      call: (row) => {
        used?.add(name)
        return column.cell(row as Row)
      },
    }
  }
  const hidden = Object.fromEntries((view.hidden ?? []).map((name) => [name, any]))
  return { ...struct(view.typeName, hidden, methods), encode: (row) => encodeRow(view, row as Row, used) }
}

function labelMethod<Row>(label: ListView<Row>['label']): Record<string, Method> {
  if (!label) return {}
  const call: Method['call'] = (row, [key]) => label(row as Row, String(key?.data))
  return { Label: { parameters: [text], result: text, call } }
}

/** formatter.MarshalJSON: every placeholder, by name; json.Marshal escapes what HTML would read. */
function encodeRow<Row>(view: ListView<Row>, row: Row, used?: Set<string>): string {
  const members = Object.entries(view.columns)
    .sort(([left], [right]) => compareBytes(left, right))
    .map(([name, column]) => {
      used?.add(name)
      const value = new GoValue(column.type ?? text, column.cell(row))
      return `${JSON.stringify(name)}:${encodeJson(value, { escapeHtml: true })}`
    })
  return `{${members.join(',')}}`
}

/** The template over the headers. What goes wrong here goes unsaid, and ends the line. */
function headerLine<Row>(view: ListView<Row>, template: Template): string {
  const headers = Object.entries(view.columns)
    .filter(([, { header }]) => header !== undefined)
    .map(([name, { header }]) => [name, header] as const)
  const type = { ...map(text, text, 'formatter.SubHeaderContext'), methods: { Label: labelHeader } }
  return runTemplate(template, new GoValue(type, new Map(headers)), { functions: headerFunctions }).text
}

/** `{{.Label "com.example.my-key"}}` is headed `my key`. */
const labelHeader: Method = {
  parameters: [text],
  result: text,
  call: (_, [key]) => (String(key?.data).split('.').pop() ?? '').replace(/[-_]/g, ' '),
}
