// `docker completion`: the verbs under it.

import { group } from '../command.ts'
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { powershell } from './powershell.ts'
import { zsh } from './zsh.ts'

export const completion = group({
  use: 'completion',
  short: 'Generate the autocompletion script for docker for the specified shell.',
  long: `Generate the autocompletion script for docker for the specified shell.
See each sub-command's help for details on how to use the generated script.`,
  since: '28',
  hidden: true,
  commands: [bash, fish, powershell, zsh],
})
