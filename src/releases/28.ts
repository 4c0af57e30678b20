// Docker 28: what it changed since 20.10.

import type { CliTraits } from '../cli/traits.ts'
import { paragraphs } from '../cli/wording.ts'
import * as before from './20.10.ts'

export const cli: CliTraits = {
  ...before.cli,
  helpLead: '',
  aliasBlock: 'spellings',
  rootHelp: 'byUse',
  helpFooter: 'For more help on how to use Docker, head to https://docs.docker.com/go/guides/',
  wording: paragraphs,
  helpShorthandNotice: 'Flag shorthand -h has been deprecated, use --help',
  endpointChecked: 'atUse',
  version: 'Docker version 28.2.2, build e6534b4',
}
