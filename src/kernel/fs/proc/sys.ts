// /proc/sys: the settings of the reader's network namespace as files, and a few of the kernel's.

import { type Bytes, decode, encode } from '../../../base/bytes.ts'
import { Errno } from '../../../base/errno.ts'
import { listSysctls, readSysctl, writeSysctl } from '../../../net/sysctl.ts'
import { computedDirectory, computedFile, settableFile, viewer } from '../computed.ts'
import type { Caller } from '../filesystem.ts'
import type { Node } from '../node.ts'

/** The directory of all settings whose dotted names begin with `prefix`: '' or `net.ipv4.`. */
export const sysDirectory = (prefix: string): Node => computedDirectory(listSettings, findSetting, prefix)

function listSettings(caller: Caller, prefix: string): string[] {
  const names = new Set<string>()
  for (const setting of allSettings(caller))
    if (setting.startsWith(prefix)) names.add(setting.slice(prefix.length).split('.')[0] ?? '')
  return [...names].sort()
}

const allSettings = (caller: Caller): string[] => [
  ...listSysctls(viewer(caller).net).map(([name]) => name),
  ...Object.keys(kernelSettings),
]

function findSetting(caller: Caller, prefix: string, name: string): Node | undefined {
  const path = prefix + name
  if (readSysctl(viewer(caller).net, path) !== undefined) return settableFile(readSetting, writeSetting, path)
  if (path in kernelSettings) return computedFile(readKernelSetting, path)
  const isDirectory = allSettings(caller).some((setting) => setting.startsWith(`${path}.`))
  return isDirectory ? sysDirectory(`${path}.`) : undefined
}

function readSetting(caller: Caller, name: string): Bytes {
  return encode(`${readSysctl(viewer(caller).net, name) ?? ''}\n`)
}

function writeSetting(caller: Caller, name: string, content: Bytes): void {
  const proc = viewer(caller)
  if (proc.credentials.uid !== 0) throw new Errno('EACCES', name)
  const value = decode(content).trim().replace(/\s+/g, '\t')
  const present = readSysctl(proc.net, name) ?? ''
  if (/^[-\d\t]+$/.test(present) && !/^-?\d+(\t-?\d+)*$/.test(value)) throw new Errno('EINVAL', name)
  writeSysctl(proc.net, name, value)
}

const kernelSettings: Readonly<Record<string, (caller: Caller) => string>> = {
  'kernel.hostname': (caller) => viewer(caller).namespaces.uts.hostname,
  'kernel.domainname': (caller) => viewer(caller).namespaces.uts.domain || '(none)',
  'kernel.osrelease': (caller) => viewer(caller).machine.kernel.release,
  'kernel.ostype': () => 'Linux',
  'kernel.version': (caller) => viewer(caller).machine.kernel.version,
  'kernel.pid_max': () => '4194304',
  'vm.swappiness': () => '60',
}

function readKernelSetting(caller: Caller, name: string): Bytes {
  return encode(`${kernelSettings[name]?.(caller) ?? ''}\n`)
}
