// `docker completion fish`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const fish = command({
  use: 'fish [flags]',
  short: 'Generate the autocompletion script for fish',
  long: `Generate the autocompletion script for the fish shell.

To load completions in your current shell session:

	docker completion fish | source

To load completions for every new session, execute once:

	docker completion fish > ~/.config/fish/completions/docker.fish

You will need to start a new shell for this setup to take effect.`,
  since: '28',
  class: refused(),
  args: none,
  flags: {
    'no-descriptions': bool('disable completion descriptions'),
  },
})
