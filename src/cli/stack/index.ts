// `docker stack`: the verbs under it.

import { group } from '../command.ts'
import { refused, string } from '../flags/flag.ts'
import { config } from './config.ts'
import { deploy } from './deploy.ts'
import { ls } from './ls.ts'
import { ps } from './ps.ts'
import { rm } from './rm.ts'
import { services } from './services.ts'

export const stack = group({
  use: 'stack [OPTIONS]',
  short: { '19.03': 'Manage Docker stacks', '28': 'Manage Swarm stacks' },
  hidden: { '19.03': false, '28': true },
  flags: {
    orchestrator: string('Orchestrator to use (swarm|kubernetes|all)', {
      until: '28',
      class: refused('Kubernetes'),
    }),
  },
  commands: [config, deploy, ls, ps, rm, services],
})
