// `--docker`: where a context's daemon is (docker/cli cli/command/context/options.go).

import { type Dated, inRelease } from '../../base/release.ts'
import { Unsupported } from '../../engine/error.ts'
import { StatusError } from '../errors.ts'
import { parseBool } from '../flags/strconv.ts'
import { contextNamed, type Endpoint } from './current.ts'
import { type DockerEndpoint, noContext } from './store.ts'

const keys = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify']
const unknownKey: Dated<string> = {
  '19.03': 'KEY: unrecognized config key',
  '28': 'unrecognized config key: KEY',
}
const prefix = 'unable to create docker endpoint config: '

/** @throws StatusError, Unsupported */
export function endpointOf(client: Endpoint, settings: ReadonlyMap<string, string>): DockerEndpoint {
  const bad = [...settings.keys()].filter((key) => !keys.includes(key)).sort()
  if (bad.length > 0)
    throw new StatusError(
      prefix +
        bad.map((key) => (inRelease(unknownKey, client.release) ?? '').replace('KEY', () => key)).join('\n'),
    )
  const from = settings.get('from') ?? ''
  if (from !== '') {
    const found = contextNamed(client, from)
    if (!found) throw new StatusError(`${prefix}${noContext(client, from)}`)
    return found.Endpoints.docker ?? { SkipTLSVerify: false }
  }
  if (['ca', 'cert', 'key'].some((key) => settings.has(key)))
    throw new Unsupported('TLS between docker and the daemon')
  const host = settings.get('host') ?? ''
  if (host !== '' && !/^(tcp|unix|npipe|fd|ssh|http|https):\/\/.*/.test(host))
    throw new StatusError(
      `${prefix}unable to apply docker endpoint options: unable to parse docker host \`${host}\``,
    )
  return { ...(host !== '' && { Host: host }), SkipTLSVerify: skips(settings.get('skip-tls-verify')) }
}

function skips(text: string | undefined): boolean {
  if (text === undefined || text === '') return false
  try {
    return parseBool(text)
  } catch {
    throw new StatusError(`${prefix}skip-tls-verify: strconv.ParseBool: parsing "${text}": invalid syntax`)
  }
}
