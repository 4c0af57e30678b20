// `--format` of commands that tell one thing: version and info.

import type { Process } from '../../kernel/process.ts'
import { StatusError } from '../errors.ts'
import { TemplateSyntaxError } from '../format/template/reader.ts'
import { parseTemplate, runTemplate, type Template } from '../format/template/template.ts'
import type { GoValue } from '../format/template/value.ts'
import type { FormatTraits } from '../format/traits.ts'

/** The template of `--format`; undefined where none is given. @throws StatusError, status 64 */
export function readTemplate(format: string, traits: FormatTraits, name = ''): Template | undefined {
  if (format === '') return undefined
  const source = format === 'json' && traits.knowsJson ? '{{json .}}' : format
  try {
    return parseTemplate(source, traits.dialect, name)
  } catch (cause) {
    if (!(cause instanceof TemplateSyntaxError)) throw cause
    throw new StatusError(traits.templateError.before + cause.message, 64)
  }
}

/** Prints what the template makes of `value`. @throws StatusError after an empty line */
export function printTemplate(proc: Process, template: Template, value: GoValue): void {
  const { text, error } = runTemplate(template, value)
  proc.print(text)
  if (error) throw new StatusError(error.message)
}
