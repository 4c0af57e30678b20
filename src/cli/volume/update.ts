// `docker volume update`: for volumes of clusters, of which there are none.

import { EngineError } from '../../engine/error.ts'
import { requireVolume } from '../../engine/volume/volume.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'

export const update = command({
  use: 'update [OPTIONS] [VOLUME]',
  short: 'Update a volume (cluster volumes only)',
  since: '28',
  hidden: true,
  args: exactly(1),
  flags: {},
  run({ engine }, [name]) {
    requireVolume(engine, name)
    throw new EngineError(
      'invalid',
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    )
  },
})
