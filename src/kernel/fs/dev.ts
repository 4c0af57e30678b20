// /dev: the device files of a container (runc's defaults) and of a machine.

import { computedDirectory, viewer } from './computed.ts'
import type { Caller } from './filesystem.ts'
import type { Node } from './node.ts'
import { type Declared, device, directory, symlink, type Tree, tree } from './tree.ts'

/** The terminals that some visible process has, by number. */
function listTerminals(caller: Caller): string[] {
  const numbers = new Set<string>()
  for (const { terminal } of viewer(caller).machine.processes.values())
    if (terminal?.name.startsWith('pts/')) numbers.add(terminal.name.slice(4))
  return [...numbers].sort((a, b) => Number(a) - Number(b)).concat('ptmx')
}

function findTerminal(caller: Caller, _: string, name: string): Node | undefined {
  if (name === 'ptmx') return device('ptmx', 5, 2)
  if (!listTerminals(caller).includes(name)) return undefined
  return device(`pts/${name}`, 136, Number(name), { mode: 0o620, gid: 5 })
}

const common: Readonly<Record<string, Declared>> = {
  '/fd': symlink('/proc/self/fd'),
  '/full': device('full', 1, 7),
  '/null': device('null', 1, 3),
  '/ptmx': symlink('pts/ptmx'),
  '/pts': computedDirectory(listTerminals, findTerminal),
  '/random': device('random', 1, 8),
  '/shm': directory({ mode: 0o1777 }),
  '/stderr': symlink('/proc/self/fd/2'),
  '/stdin': symlink('/proc/self/fd/0'),
  '/stdout': symlink('/proc/self/fd/1'),
  '/tty': device('tty', 5, 0),
  '/urandom': device('random', 1, 9),
  '/zero': device('zero', 1, 5),
}

/** /dev of a container, to be mounted as a tmpfs. */
export const containerDevices: Tree = tree({ ...common, '/mqueue': directory({ mode: 0o1777 }) })

/** /dev of a machine. */
export const machineDevices: Tree = tree({
  ...common,
  '/kmsg': device('null', 1, 11, { mode: 0o644 }),
  '/net/tun': device('null', 10, 200),
  '/vda': device('null', 254, 0, { mode: 0o660, gid: 6 }),
  '/vda1': device('null', 254, 1, { mode: 0o660, gid: 6 }),
})
