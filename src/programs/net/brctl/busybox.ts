// `brctl` of BusyBox 1.37 as Debian builds it: four commands. Source of the words: recordings.

import { Errno, isErrno, strerror } from '../../../base/errno.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { deleteLink, enslave, release } from '../../../net/link/admin.ts'
import { createBridge, isBridge } from '../../../net/link/bridge.ts'
import { refuse } from '../busybox/usage.ts'

export const busyboxBrctl: Program = {
  name: 'brctl.busybox',
  *main(proc) {
    const [verb, name, ...words] = proc.argv.slice(1)
    if (verb === undefined) return refuse(proc, 'brctl')
    const full = verbs.find((one) => one === verb)
    if (!full) return proc.fail(`brctl: invalid argument '${verb}' to 'brctl'`)
    if (name === undefined) return refuse(proc, 'brctl')
    const [port] = words
    if ((full === 'addif' || full === 'delif') && port === undefined) return refuse(proc, 'brctl')
    const known = port === undefined || proc.net.linksByName.has(port)
    if (!known) return proc.fail(`brctl: iface ${port}: ${strerror('ENODEV')}`)
    try {
      change(proc, full, name, port ?? '')
      return 0
    } catch (cause) {
      if (isErrno(cause)) return proc.fail(`brctl: bridge ${name}: ${strerror(cause.code)}`)
      throw cause
    }
  },
}

const verbs = ['addbr', 'delbr', 'addif', 'delif'] as const

/** Throws Errno as the bridge's ioctls do (net/bridge/br_ioctl.c). */
function change(proc: Process, verb: (typeof verbs)[number], name: string, portName: string): void {
  if (!proc.may('NET_ADMIN')) throw new Errno('EPERM')
  if (verb === 'addbr') {
    createBridge(proc.net, name)
    return
  }
  const link = proc.net.linksByName.get(name)
  if (!link) throw new Errno(verb === 'delbr' ? 'ENXIO' : 'ENODEV')
  if (!isBridge(link)) throw new Errno(verb === 'delbr' ? 'EPERM' : 'EOPNOTSUPP')
  if (verb === 'delbr') {
    if (link.up) throw new Errno('EBUSY')
    return deleteLink(link)
  }
  const port = proc.net.linksByName.get(portName)
  if (!port) throw new Errno('EINVAL')
  if (verb === 'addif') {
    if (port.master) throw new Errno('EBUSY')
    return enslave(port, link)
  }
  if (port.master !== link) throw new Errno('EINVAL')
  release(port)
}
