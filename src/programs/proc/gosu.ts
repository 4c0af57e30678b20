// gosu (github.com/tianon/gosu, 1.17): goes on as a command of another user.

import type { Program } from '../../kernel/program.ts'
import { credentialsOf, UnknownUser } from '../../kernel/users.ts'
import { turnInto } from './command.ts'

const usage = `Usage: gosu user-spec command [args]
   eg: gosu tianon bash
       gosu nobody:root bash -c 'whoami && id'
       gosu 1000:1 id
`

export const gosu: Program = {
  name: 'gosu',
  *main(proc) {
    const [user = '', ...command] = proc.argv.slice(1)
    if (command.length === 0) {
      proc.write(2, usage)
      return 1
    }
    try {
      const {
        home,
        name: _name,
        ...credentials
      } = credentialsOf(proc.fs, user, proc.credentials.capabilities)
      if (proc.credentials.uid !== 0)
        return proc.fail(`error: failed switching to "${user}": operation not permitted`, 1)
      proc.credentials = credentials
      proc.environment.set('HOME', home)
    } catch (cause) {
      if (!(cause instanceof UnknownUser)) throw cause
      return proc.fail(`error: failed switching to "${user}": ${cause.message}`, 1)
    }
    return yield* turnInto(proc, command, (words) => `error: exec: "${command[0]}": ${words}`)
  },
}
