// Templates as the client uses them: parse once, run over values.

import type { Dialect } from './dialect.ts'
import { dockerFunctions } from './docker.ts'
import { type RunResult, run } from './evaluator.ts'
import type { Functions } from './functions.ts'
import { type ParsedTemplate, parse } from './parser.ts'
import type { Reflected } from './value.ts'

export interface Template {
  readonly parsed: ParsedTemplate
  readonly dialect: Dialect
}

/** Parses a `--format` with Docker's functions. @throws TemplateSyntaxError */
export const parseTemplate = (source: string, dialect: Dialect, name = ''): Template => ({
  parsed: parse(source, name, (word) => dockerFunctions.has(word), dialect),
  dialect,
})

/** What `template` prints of `value`, up to the error that ended it if there was one. */
export const runTemplate = (
  template: Template,
  value: Reflected,
  options: { readonly missingKeyFails?: boolean; readonly functions?: Functions } = {},
): RunResult =>
  run(template.parsed, options.functions ?? dockerFunctions, value, {
    dialect: template.dialect,
    missingKeyFails: options.missingKeyFails ?? false,
  })

/** As `runTemplate`. @throws TemplateRunError */
export function renderTemplate(template: Template, value: Reflected): string {
  const { text, error } = runTemplate(template, value)
  if (error) throw error
  return text
}
