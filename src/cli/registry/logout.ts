// `docker logout` (docker/cli cli/command/registry/logout.go)

import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import { readConfig, writeConfig } from '../context/store.ts'
import { hub } from './login.ts'

export const logout = command({
  use: 'logout [SERVER]',
  short: { '19.03': 'Log out from a Docker registry', '28': 'Log out from a registry' },
  long: {
    '19.03': `Log out from a Docker registry.
If no server is specified, the default is defined by the daemon.`,
    '28': `Log out from a registry.
If no server is specified, the default is defined by the daemon.`,
  },
  args: atMost(1),
  flags: {},
  needsDaemon: false,
  run(context, [server]) {
    const host = server?.replace(/^https?:\/\//, '').replace(/\/.*$/, '') ?? hub
    context.proc.print(`Removing login credentials for ${host}`)
    const config = readConfig(context)
    const auths = Object.entries(config.auths ?? {})
    const names = [host, `http://${host}`, `https://${host}`]
    const kept = auths.filter(([name]) => !names.includes(name))
    if (kept.length < auths.length) writeConfig(context, { ...config, auths: Object.fromEntries(kept) })
  },
})
