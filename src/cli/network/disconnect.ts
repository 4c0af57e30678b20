// `docker network disconnect`

import { disconnect as disconnectNetwork } from '../../engine/network/disconnect.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'
import { checkName } from '../refusal.ts'

export const disconnect = command({
  use: 'disconnect [OPTIONS] NETWORK CONTAINER',
  short: 'Disconnect a container from a network',
  args: exactly(2),
  flags: {
    force: bool('Force the container to disconnect from a network', { short: 'f' }),
  },
  run({ engine, release }, [network, container], { force }) {
    checkName(release, 'network', network)
    checkName(release, 'container', container)
    disconnectNetwork(engine, network, container, force)
  },
})
