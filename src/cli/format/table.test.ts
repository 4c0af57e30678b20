// Lists as two real engines and clients (20.10.24, 28.2.2) printed them for one network and one container.

import { describe, expect, test } from 'vitest'
import { FormatError, formatList, type ListView, tryFormat } from './table.ts'
import { any } from './template/types.ts'
import { type FormatTraits, format28, format1903, format2010 } from './traits.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly ports: string
  readonly labels: Readonly<Record<string, string>>
}

const view: ListView<Row> = {
  typeName: 'formatter.ContainerContext',
  columns: {
    ID: { header: 'CONTAINER ID', cell: (row) => row.id },
    Names: { header: 'NAMES', cell: (row) => row.name },
    Platform: { header: 'PLATFORM', cell: () => null, type: any },
    Ports: { header: 'PORTS', cell: (row) => row.ports },
    Labels: {
      header: 'LABELS',
      cell: (row) =>
        Object.entries(row.labels)
          .map((pair) => pair.join('='))
          .join(','),
    },
  },
  label: (row, key) => row.labels[key] ?? '',
  hidden: ['c'],
}
const row: Row = {
  id: '3537b0e5326e',
  name: 'fmtc',
  ports: '0.0.0.0:18080->80/tcp, [::]:18080->80/tcp',
  labels: { x: '<y>' },
}
const empty: Row = { id: '', name: '', ports: '', labels: {} }

/** The order of docker ps: the format is tried, then the rows are printed. */
function ps(format: string, rows: readonly Row[] = [row], traits: FormatTraits = format28): string {
  try {
    tryFormat(view, empty, format, traits)
    return formatList(view, rows, format, traits)
  } catch (cause) {
    if (cause instanceof FormatError) return cause.message
    throw cause
  }
}

test.each([
  [
    'table {{.Names}}\\t{{.Label "x"}}\\t{{.Label "x" | upper}}',
    'NAMES     x         x\nfmtc      <y>       <Y>\n',
  ],
  [
    'table {{.Names}} {{json .Names}} {{upper .Names}} {{truncate .Names 2}} {{pad .Names 1 2}}|{{split .Names ","}} {{title .Names}}|{{len .Names}}',
    'NAMES NAMES NAMES NAMES  NAMES  |NAMES NAMES|5\nfmtc "fmtc" FMTC fm  fmtc  |[fmtc] Fmtc|4\n',
  ],
  ['table {{join (split .Names "t") ","}}\\t{{.ID}}', 'NAMES     CONTAINER ID\nfm,c      3537b0e5326e\n'],
  ['table{{.Names}}\\t{{.ID}}', 'NAMES     CONTAINER ID\nfmtc      3537b0e5326e\n'],
  ['tablex', 'x\nx\n'],
  ['table ', '\n\n'],
  [' {{.Names}} ', 'fmtc\n'],
  ['pretty', 'pretty\n'],
  ['table {{.Names}}\\n{{.ID}}', 'NAMES\nCONTAINER ID\nfmtc\n3537b0e5326e\n'],
  ['json {{.Names}}', 'json fmtc\n'],
  [
    'table {{if eq .Names "x"}}a{{else}}b{{end}}\\t{{printf "%s" .ID}}',
    'b         CONTAINER ID\nb         3537b0e5326e\n',
  ],
  ['table {{range $i, $e := split .Names ","}}{{$e}}{{end}}\\t{{.ID}}', '\nfmtc      3537b0e5326e\n'],
  ['{{printf "%T" .}}', '*formatter.ContainerContext\n'],
  ['{{.FullHeader}} {{printf "%T" .Names}}', '<no value> string\n'],
])('%s', (format, printed) => {
  expect(ps(format)).toBe(printed)
})

const type = '*formatter.ContainerContext'

test.each([
  [
    '{{if .Names}}x{{end}}{{len .Names}} {{.Nope}}',
    `failed to execute template: template: :1:38: executing "" at <.Nope>: can't evaluate field Nope in type ${type}`,
  ],
  [
    'table {{.Foo}}',
    `failed to execute template: template: :1:8: executing "" at <.Foo>: can't evaluate field Foo in type ${type}`,
  ],
  [
    'table {{.Names.Foo}}',
    `failed to execute template: template: :1:14: executing "" at <.Names.Foo>: can't evaluate field Foo in type string`,
  ],
  [
    '{{.Label}}',
    'failed to execute template: template: :1:2: executing "" at <.Label>: wrong number of args for Label: want 1 got 0',
  ],
  [
    '{{.Label 3}}',
    'failed to execute template: template: :1:9: executing "" at <3>: expected string; found 3',
  ],
  [
    '{{.Names "x"}}',
    'failed to execute template: template: :1:2: executing "" at <.Names>: wrong number of args for Names: want 0 got 1',
  ],
  [
    '{{.c}}',
    `failed to execute template: template: :1:2: executing "" at <.c>: c is an unexported field of struct type ${type}`,
  ],
  ['{{.Names}', "failed to parse template: template: :1: bad character U+007D '}'"],
])('%s is refused', (format, message) => {
  expect(ps(format)).toBe(message)
})

describe('JSON', () => {
  const line =
    '{"ID":"3537b0e5326e","Labels":"x=\\u003cy\\u003e","Names":"fmtc","Platform":null,' +
    '"Ports":"0.0.0.0:18080-\\u003e80/tcp, [::]:18080-\\u003e80/tcp"}\n'

  test('is a line for each row, keys sorted, HTML escaped', () => {
    expect(ps('{{json .}}')).toBe(line)
    expect(ps('json')).toBe(line)
  })

  test('is no format of its own before 28', () => {
    expect(ps('json', [row], format2010)).toBe('json\n')
    expect(ps('{{json .}}', [row], format2010)).toBe(line)
  })
})

describe('no rows', () => {
  test('a table shows its header, a template nothing', () => {
    expect(ps('table {{.Names}}\\t{{.ID}}', [])).toBe('NAMES     CONTAINER ID\n')
    expect(ps('{{.Names}}', [])).toBe('')
  })

  test('a header without its word', () => {
    expect(formatList(view, [], 'table {{.Nope}}\\t{{.Names}}', format28)).toBe('<no value>   NAMES\n')
    expect(formatList(view, [], '{{.Nope}}', format28)).toBe('')
  })
})

test('lists that try nothing tell it in other words', () => {
  const refused = (format: string, traits: FormatTraits): string => {
    try {
      return formatList(view, [row], format, traits)
    } catch (cause) {
      return cause instanceof FormatError ? cause.message : String(cause)
    }
  }
  const complaint = `template: :1:2: executing "" at <.Bogus>: can't evaluate field Bogus in type ${type}`
  expect(refused('{{.Bogus}}', format28)).toBe(`template parsing error: ${complaint}`)
  expect(refused('{{.Bogus}}', format1903)).toBe(`Template parsing error: ${complaint}\n`)
  expect(refused('table {{.Bogus}}', format28)).toBe(`template parsing error: ${complaint}`)
  expect(refused('{{.Name', format28)).toBe('template parsing error: template: :1: unclosed action')
})

test('columns of 19.03 are wider', () => {
  expect(ps('table {{.Names}}\\t{{.ID}}', [], format1903)).toBe('NAMES               CONTAINER ID\n')
})

test('a trial tells which placeholders are used', () => {
  expect([...tryFormat(view, empty, '{{.Names}} {{if .ID}}{{.Ports}}{{end}}', format28)]).toEqual([
    'Names',
    'ID',
  ])
  expect([...tryFormat(view, empty, 'json', format28)]).toEqual([])
  expect([...tryFormat(view, empty, '{{json .}}', format28)].sort()).toEqual(Object.keys(view.columns).sort())
})
