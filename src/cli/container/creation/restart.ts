// `--restart`: its grammar; whether the policy makes sense is the daemon's to say (docker/cli opts/opts.go).

import { type Dated, inRelease, type Release } from '../../../base/release.ts'
import type { CreateOptions } from '../../../engine/container/create.ts'
import { ValueError } from '../../flags/strconv.ts'

const format: Dated<string> = { '19.03': '', '28': 'invalid restart policy format: ' }

/** @throws ValueError */
export function parseRestart(text: string, release: Release): CreateOptions['host']['restartPolicy'] {
  const [name = '', count = '', ...more] = text.split(':')
  if (more.length > 0 && !inRelease(format, release)) throw new ValueError('invalid restart policy format')
  if (name === '' && text !== '')
    throw new ValueError('invalid restart policy format: no policy provided before colon')
  const retries = [count, ...more].join(':')
  if (retries !== '' && !/^[+-]?\d+$/.test(retries))
    throw new ValueError(`${inRelease(format, release) ?? ''}maximum retry count must be an integer`)
  return { name, maximumRetryCount: Number(retries) }
}
