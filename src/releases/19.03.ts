// Docker 19.03: what it chooses of what releases may change.

import type { CliTraits } from '../cli/traits.ts'
import { sentences } from '../cli/wording.ts'

export const cli: CliTraits = {
  helpLead: '\n',
  usageSeparator: '\t',
  aliasBlock: 'names',
  rootHelp: 'optionsFirst',
  helpFooter: '',
  wording: sentences,
  helpShorthandNotice: 'Flag shorthand -h has been deprecated, please use --help',
  endpointChecked: 'atStart',
  version: 'Docker version 19.03.15, build 99e3ed8919',
}
