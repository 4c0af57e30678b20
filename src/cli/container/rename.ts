// `docker container rename`

import { type Dated, inRelease } from '../../base/release.ts'
import { rename as renameContainer } from '../../engine/container/rename.ts'
import { EngineError } from '../../engine/error.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { daemonRefusal, StatusError } from '../errors.ts'

export const rename = command({
  use: 'rename CONTAINER NEW_NAME',
  short: 'Rename a container',
  spellings: 'docker container rename, docker rename',
  args: exactly(2),
  flags: {},
  run({ engine, release }, [oldName, newName]) {
    const [old, name] = [oldName.trim(), newName.trim()]
    if (name === '' || old === '') throw new StatusError('Error: Neither old nor new names may be empty')
    try {
      renameContainer(engine, old, name)
    } catch (cause) {
      if (!(cause instanceof EngineError)) throw cause
      const words = inRelease(failure, release) ?? ''
      throw new StatusError(
        words.replace('REFUSAL', () => daemonRefusal(cause.message)).replace('NAME', () => old),
      )
    }
  },
})

const failure: Dated<string> = {
  '19.03': 'REFUSAL\nError: failed to rename container named NAME',
  '29': 'failed to rename container: REFUSAL',
}
