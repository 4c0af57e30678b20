// `docker completion bash`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const bash = command({
  use: 'bash',
  short: 'Generate the autocompletion script for bash',
  long: `Generate the autocompletion script for the bash shell.

This script depends on the 'bash-completion' package.
If it is not installed already, you can install it via your OS's package manager.

To load completions in your current shell session:

	source <(docker completion bash)

To load completions for every new session, execute once:

#### Linux:

	docker completion bash > /etc/bash_completion.d/docker

#### macOS:

	docker completion bash > $(brew --prefix)/etc/bash_completion.d/docker

You will need to start a new shell for this setup to take effect.`,
  since: '28',
  class: refused(),
  args: none,
  flags: {
    'no-descriptions': bool('disable completion descriptions'),
  },
})
