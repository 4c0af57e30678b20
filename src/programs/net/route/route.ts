// `route` of net-tools 2.10 and of BusyBox 1.37: the IPv4 routing table. Source of the words: recordings.

import { isErrno, strerror } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { busyboxUsage, type Flavour } from '../../program.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { changeRoute, readRouteWords } from './change.ts'
import { printRoutes } from './table.ts'
import { changeUsage, routeFamilies, routeUsage } from './usage.ts'

const routeProgram = (name: string, flavour: Flavour): Program => ({
  name,
  *main(proc) {
    const gnu = flavour === 'gnu'
    const { options, operands, error } = scanOptions(proc.argv.slice(1), gnu ? gnuGrammar : busyboxGrammar)
    const last = (key: string): string | undefined => options.findLast((one) => one.key === key)?.argument
    if (error !== undefined) {
      if (!gnu) return refuse(proc, 'route', error)
      proc.write(2, `route: ${error}\n${routeUsage}${routeFamilies}`)
      return 3
    }
    if (last('h') !== undefined) return help(proc, flavour)
    if (last('V') !== undefined) {
      proc.print(version)
      return 0
    }
    const family = last('A')
    if (last('6') !== undefined || family === 'inet6')
      return proc.fail('route: docksim does not simulate "route -A inet6"; "ip -6 route" shows these routes')
    if (last('C') !== undefined) return proc.fail('route: docksim does not simulate "route -C"')
    const [verb, ...words] = operands
    if (verb === 'add' || verb === 'del') return change(proc, flavour, verb, words)
    if (verb !== undefined) return usage(proc, flavour)
    return yield* show(proc, flavour, options)
  },
})

export const route = routeProgram('route', 'gnu')
export const busyboxRoute = routeProgram('route.busybox', 'busybox')

const gnuGrammar = {
  short: 'A:eCFhnN64Vv?',
  stopAtOperand: true,
  long: {
    extend: 'e',
    verbose: 'v',
    version: 'V',
    numeric: 'n',
    symbolic: 'N',
    cache: 'C',
    fib: 'F',
    help: 'h',
    inet: '4',
    inet6: '6',
  },
}
const busyboxGrammar = { short: 'A:ne', stopAtOperand: true, long: { help: 'h' } }

const version = `net-tools 2.10
+NEW_ADDRT +RTF_IRTT +RTF_REJECT +I18N +SELINUX
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH
HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 `

function* show(proc: Process, flavour: Flavour, options: readonly { readonly key: string }[]): Task<number> {
  const extended = options.filter(({ key }) => key === 'e').length
  const columns = extended === 0 ? 'metric' : extended > 1 && flavour === 'gnu' ? 'both' : 'window'
  yield* printRoutes(proc, { flavour, numeric: options.some(({ key }) => key === 'n'), columns })
  return 0
}

function help(proc: Process, flavour: Flavour): number {
  if (flavour === 'busybox') {
    proc.write(2, busyboxUsage('route'))
    return 0
  }
  proc.write(2, routeFamilies)
  proc.write(1, routeUsage)
  return 0
}

function usage(proc: Process, flavour: Flavour): number {
  if (flavour === 'busybox') return refuse(proc, 'route')
  proc.write(2, routeUsage + routeFamilies)
  return 3
}

function change(proc: Process, flavour: Flavour, verb: 'add' | 'del', words: readonly string[]): number {
  const gnu = flavour === 'gnu'
  const read = readRouteWords(words)
  if ('wrong' in read) {
    if (read.wrong === 'unsimulated')
      return proc.fail(`route: docksim does not simulate "route ${verb} … ${read.word}"`)
    if (read.wrong === 'name')
      return proc.fail(gnu ? `${read.word}: Host name lookup failure` : `route: can't resolve '${read.word}'`)
    if (!gnu)
      return read.wrong === 'mask'
        ? proc.fail('route: netmask and route address conflict')
        : refuse(proc, 'route')
    if (read.wrong === 'mask') {
      proc.write(2, `route: netmask doesn't match route address\n${changeUsage}`)
      return 3
    }
    proc.write(1, changeUsage)
    return 0
  }
  try {
    changeRoute(proc, verb, read)
    return 0
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const told = `SIOC${verb === 'add' ? 'ADD' : 'DEL'}RT: ${strerror(cause.code)}`
    return proc.fail(gnu ? told : `route: ${told}`, gnu ? 7 : 1)
  }
}
