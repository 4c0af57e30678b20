// Character devices (null(4), zero(4), random(4), full(4), tty(4)): what reading and writing them does.

import type { Bytes } from '../base/bytes.ts'
import { noBytes } from '../base/bytes.ts'
import { Errno } from '../base/errno.ts'
import { drawHex } from '../base/random.ts'
import type { FileOperations, OpenFile } from './file.ts'
import type { DeviceNode } from './fs/node.ts'
import type { Process } from './process.ts'
import { openTerminal, type Terminal } from './tty.ts'

/** Opens a device. Throws ENXIO if there is no such terminal, or no operations for the device. */
export function openDevice(proc: Process, node: DeviceNode): OpenFile {
  if (node.device === 'tty') {
    if (!proc.terminal) throw new Errno('ENXIO', '/dev/tty')
    return openTerminal(proc.terminal)
  }
  if (node.device.startsWith('fd/')) return proc.file(Number(node.device.slice(3)))
  if (node.device === 'random') return { operations: random, references: 0, proc } as RandomFile
  const terminal = terminalNamed(proc, node.device)
  if (terminal) return openTerminal(terminal)
  const operations = plainDevices.get(node.device)
  if (!operations) throw new Errno('ENXIO', node.device)
  return { operations, references: 0 }
}

function terminalNamed(proc: Process, name: string): Terminal | undefined {
  for (const { terminal } of proc.machine.processes.values()) if (terminal?.name === name) return terminal
  return undefined
}

/** /dev/null without a path: for the standard streams of daemons. */
export const openNull = (): OpenFile => ({ operations: nullDevice, references: 0 })

interface RandomFile extends OpenFile {
  readonly proc: Process
}

const writesNothing: Omit<FileOperations, 'kind' | 'read'> = {
  readable: () => undefined,
  write() {},
  congested: () => undefined,
  close() {},
}

const nullDevice = Object.freeze<FileOperations>({ ...writesNothing, kind: 'null', read: () => noBytes })

const zero = Object.freeze<FileOperations>({
  ...writesNothing,
  kind: 'device',
  read: (_, max) => '\0'.repeat(max) as Bytes,
})

const full = Object.freeze<FileOperations>({
  ...zero,
  write() {
    throw new Errno('ENOSPC')
  },
})

/** At most so many bytes at a time, that an endless read stays cheap. */
const mostRandom = 4096

const random = Object.freeze<FileOperations>({
  ...writesNothing,
  kind: 'device',
  read(file, max) {
    const { fabric } = (file as RandomFile).proc.machine
    const count = Math.min(max, mostRandom)
    return drawHex(fabric.random, 'dev-random', count * 2).replace(/../g, (pair) =>
      String.fromCharCode(Number.parseInt(pair, 16)),
    ) as Bytes
  },
})

const plainDevices: ReadonlyMap<string, FileOperations> = new Map([
  ['null', nullDevice],
  ['zero', zero],
  ['full', full],
])
