// What releases of the client do differently when they format. A release chooses one of the sets below, or spreads it.

import type { SizeReading } from '../../base/go/units.ts'
import { type Dialect, go19, go24 } from './template/dialect.ts'

export interface FormatTraits {
  readonly dialect: Dialect
  /** The least width of a table's column. */
  readonly columnWidth: number
  /** `json` alone is a format, and not a word to print. */
  readonly knowsJson: boolean
  /** Around the message of a template that is wrong, of a list or of inspect. */
  readonly templateError: { readonly before: string; readonly afterInList: string }
  /** Before the messages of a template that is tried before the daemon is asked (docker ps); a trial without
   * words for a failed run lets it pass. */
  readonly trial: { readonly parse: string; readonly run: string | undefined }
  readonly sizeReading: SizeReading
}

export const format28: FormatTraits = {
  dialect: go24,
  columnWidth: 10,
  knowsJson: true,
  templateError: { before: 'template parsing error: ', afterInList: '' },
  trial: { parse: 'failed to parse template: ', run: 'failed to execute template: ' },
  sizeReading: 'suffix',
}

export const format2010: FormatTraits = { ...format28, dialect: go19, knowsJson: false, sizeReading: 'whole' }

export const format1903: FormatTraits = {
  ...format2010,
  columnWidth: 20,
  templateError: { before: 'Template parsing error: ', afterInList: '\n' },
  trial: { parse: '', run: undefined },
}
