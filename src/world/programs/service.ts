// service(8): on a host with systemd it passes the word on; in a container there are no services.

import { exists } from '../../kernel/fs/lookup.ts'
import type { Program } from '../../kernel/program.ts'
import { control } from './systemctl.ts'

export const service: Program = {
  name: 'service',
  *main(proc) {
    const [name, verb, ...others] = proc.argv.slice(1)
    if (name === undefined || name === '--help' || name === '-h') {
      proc.print('Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]')
      return name === undefined ? 1 : 0
    }
    if (!exists(proc, '/run/systemd/system')) return proc.fail(`${name}: unrecognized service`)
    if (verb === undefined || others.length > 0)
      return proc.fail(
        'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]',
      )
    return yield* control(proc, verb, name)
  },
}
