// What docker's client demands of one entry of a list flag, with its words. Knows nothing of flags and commands.
// Source: docker/cli opts (opts.go, hosts.go, parse.go, throttledevice.go, weightdevice.go); words as recorded.

import { parseIp } from '../../base/ip.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import { EngineError } from '../../engine/error.ts'
import { parseReference, UppercaseReference } from '../../engine/image/reference.ts'
import { type Check, cut } from './kind.ts'
import { goQuote, ValueError } from './strconv.ts'

export const anyStream: Check = (text) => {
  const stream = text.toLowerCase()
  if (!['stdin', 'stdout', 'stderr'].includes(stream))
    throw new ValueError('valid streams are STDIN, STDOUT and STDERR')
  return stream
}

/** `NAME=value`, or `NAME` alone: its value is then the environment's, which the command looks up. */
export const environmentVariable: Check = (text) => {
  if (cut(text, '=')[0] === '') throw new ValueError(`invalid environment variable: ${text}`)
  return text
}

export const label: Check = (text) => {
  const key = cut(text, '=')[0].replace(/^[ \t]+/, '')
  if (key === '') throw new ValueError(`invalid label '${text}': empty name`)
  if (/[ \t]/.test(key)) throw new ValueError(`label '${key}' contains whitespaces`)
  return text
}

export const link: Check = (text) => {
  if (text === '') throw new ValueError('empty string specified for links')
  if (text.split(':').length > 2) throw new ValueError(`bad format for links: ${text}`)
  return text
}

/** The name of an image. */
export const imageName: Check = (text, release) => {
  try {
    parseReference(text)
    return text
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    const tells = cause instanceof UppercaseReference && inRelease({ '19.03': false, '28': true }, release)
    throw new ValueError(
      tells ? `invalid reference format: repository name (${cause.path}) must be lowercase` : cause.message,
    )
  }
}

const ipWords: Dated<string> = {
  '19.03': 'TEXT is not an ip address',
  '28': 'IP address is not correctly formatted: TEXT',
}

export const ipAddress: Check = (text, release) => {
  const trimmed = text.trim()
  if (parseIp(trimmed) === undefined)
    throw new ValueError((inRelease(ipWords, release) ?? '').replace('TEXT', () => text))
  return trimmed
}

const domain =
  /^(:?(:?[a-zA-Z0-9]|(:?[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))(:?\.(:?[a-zA-Z0-9]|(:?[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])))*)\.?\s*$/

export const searchDomain: Check = (text) => {
  const trimmed = text.trim()
  if (trimmed === '.') return trimmed
  const name = /[a-zA-Z]/.test(trimmed) ? domain.exec(trimmed)?.[1] : undefined
  if (name === undefined || name.length >= 255) throw new ValueError(`${trimmed} is not a valid domain`)
  return name
}

const equalsSeparates: Dated<boolean> = { '19.03': false, '28': true }

/** `host:ip`; from 28 on also `host=ip`, and brackets around an IPv6 address. */
export const extraHost: Check = (text, release) => {
  const lenient = inRelease(equalsSeparates, release) === true
  const separator = lenient && text.includes('=') ? '=' : ':'
  const [name, address] = cut(text, separator)
  if (address === undefined || name === '' || (separator === '=' && name.includes(':')))
    throw new ValueError(`bad format for add-host: ${goQuote(text)}`)
  const bare = lenient ? (/^\[(.*)\]$/.exec(address)?.[1] ?? address) : address
  if (bare !== 'host-gateway' && parseIp(bare.trim()) === undefined)
    throw new ValueError(`invalid IP address in add-host: ${goQuote(address)}`)
  return `${name}:${bare}`
}

const sysctls = new Set([
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
])
const forbidden: Dated<string> = { '19.03': 'whitelisted', '28': 'allowed' }

export const sysctl: Check = (text, release) => {
  const [name, value] = cut(text, '=')
  const known = sysctls.has(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.')
  if (value === undefined || !known)
    throw new ValueError(`sysctl '${text}' is not ${inRelease(forbidden, release)}`)
  return text
}

export const deviceCgroupRule: Check = (text) => {
  if (!/^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(text))
    throw new ValueError(`invalid device cgroup format '${text}'`)
  return text
}

export const weightDevice: Check = (text, release) => {
  const [, weight] = devicePath(text, release)
  const value = /^[0-9]+$/.test(weight) ? Number(weight) : -1
  if (value !== 0 && (value < 10 || value > 1000)) throw new ValueError(`invalid weight for device: ${text}`)
  return text
}

export const throttleBps: Check = (text, release) => {
  const [, rate] = devicePath(text, release)
  if (!/^\d+(\.\d+)* ?([kmgtp])?i?b?$/i.test(rate))
    throw new ValueError(
      `invalid rate for device: ${text}. The correct format is <device-path>:<number>[<unit>]. ` +
        'Number must be a positive integer. Unit is optional and can be kb, mb, or gb',
    )
  return text
}

export const throttleIops: Check = (text, release) => {
  const [, rate] = devicePath(text, release)
  if (!/^[0-9]+$/.test(rate))
    throw new ValueError(
      `invalid rate for device: ${text}. The correct format is <device-path>:<number>. ` +
        'Number must be a positive integer',
    )
  return text
}

const emptyPath: Dated<string> = { '19.03': 'bad format for device path', '28': 'bad format' }

const devicePath: (...words: Parameters<Check>) => [string, string] = (text, release) => {
  const [path, rest] = cut(text, ':')
  if (rest === undefined) throw new ValueError(`bad format: ${text}`)
  if (path === '') throw new ValueError(`${inRelease(emptyPath, release)}: ${text}`)
  if (!path.startsWith('/dev/')) throw new ValueError(`bad format for device path: ${text}`)
  return [path, rest]
}
