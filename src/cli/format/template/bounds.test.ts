// A template is typed by anyone: none may exhaust the stack, the memory or the time.

import { expect, test } from 'vitest'
import { go24 } from './dialect.ts'
import { parseTemplate, runTemplate } from './template.ts'

test.each([
  `{{${'('.repeat(20_000)}1${')'.repeat(20_000)}}}`,
  '{{if 1}}'.repeat(20_000) + '{{end}}'.repeat(20_000),
])('%.20s… nests too deep', (source) => {
  expect(() => parseTemplate(source, go24)).toThrow('template: :1: max expression depth exceeded')
})

test.each([
  ['{{range 1000000000}}{{end}}', 'takes too many steps'],
  ['{{$x := "ab"}}{{range 60}}{{$x = print $x $x}}{{end}}', 'takes too many steps'],
  [`{{printf "${'%9999999d'.repeat(100)}"${' 1'.repeat(100)}}}`, 'takes too many steps'],
  [
    '{{define "a"}}{{if true}}{{template "a"}}{{end}}{{end}}{{template "a"}}',
    'exceeded maximum template depth (100000)',
  ],
])('%.40s ends', (source, complaint) => {
  expect(runTemplate(parseTemplate(source, go24), undefined).error?.message).toContain(complaint)
})
