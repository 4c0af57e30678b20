// `docker completion zsh`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const zsh = command({
  use: 'zsh [flags]',
  short: 'Generate the autocompletion script for zsh',
  long: `Generate the autocompletion script for the zsh shell.

If shell completion is not already enabled in your environment you will need
to enable it.  You can execute the following once:

	echo "autoload -U compinit; compinit" >> ~/.zshrc

To load completions in your current shell session:

	source <(docker completion zsh)

To load completions for every new session, execute once:

#### Linux:

	docker completion zsh > "\${fpath[1]}/_docker"

#### macOS:

	docker completion zsh > $(brew --prefix)/share/zsh/site-functions/_docker

You will need to start a new shell for this setup to take effect.`,
  since: '28',
  class: refused(),
  args: none,
  flags: {
    'no-descriptions': bool('disable completion descriptions'),
  },
})
