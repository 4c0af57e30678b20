// `docker completion powershell`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const powershell = command({
  use: 'powershell [flags]',
  short: 'Generate the autocompletion script for powershell',
  long: `Generate the autocompletion script for powershell.

To load completions in your current shell session:

	docker completion powershell | Out-String | Invoke-Expression

To load completions for every new session, add the output of the above command
to your powershell profile.`,
  since: '28',
  class: refused(),
  args: none,
  flags: {
    'no-descriptions': bool('disable completion descriptions'),
  },
})
