// hostname(1): Debian's (net-tools' successor) and BusyBox'.

import { Errno, strerror } from '../../base/errno.ts'
import { isIp4, isLinkLocal, printIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import { readText } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { resolve } from '../../kernel/resolve/resolve.ts'
import { explainFailure } from '../../kernel/resolve/result.ts'
import { isLoopbackLink } from '../../net/link/link.ts'
import { BadOption, both, type Flavour, type ParsedOptions, parseOptions } from '../program.ts'

const gnu = {
  short: 'aAbdfF:iIsyhV',
  long: {
    alias: 'a',
    'all-fqdns': 'A',
    boot: 'b',
    domain: 'd',
    fqdn: 'f',
    long: 'f',
    'file:': 'F',
    'ip-address': 'i',
    'all-ip-addresses': 'I',
    short: 's',
    yp: 'y',
    nis: 'y',
    help: 'h',
  },
}

const usage = `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)
       {yp,nis,}domainname                      display NIS domain name

       dnsdomainname                            display dns domain name

       hostname -V|--version|-h|--help          print info and exit

Program name:
       {yp,nis,}domainname=hostname -y
       dnsdomainname=hostname -d

Program options:
    -a, --alias            alias names
    -A, --all-fqdns        all long host names (FQDNs)
    -b, --boot             set default hostname if none available
    -d, --domain           DNS domain name
    -f, --fqdn, --long     long host name (FQDN)
    -F, --file             read host name or NIS domain name from given file
    -i, --ip-address       addresses for the host name
    -I, --all-ip-addresses all addresses for the host
    -s, --short            short host name
    -y, --yp, --nis        NIS/YP domain name

Description:
   This command can get or set the host name or the NIS domain name. You can
   also get the DNS domain or the FQDN (fully qualified domain name).
   Unless you are using bind or NIS for host lookups you can change the
   FQDN (Fully Qualified Domain Name) and the DNS domain name (which is
   part of the FQDN) in the /etc/hosts file.`

export const hostname = both({
  name: 'hostname',
  *main(proc, flavour) {
    let options: ParsedOptions
    try {
      options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : { short: 'sidfF:', long: {} })
    } catch (cause) {
      if (!(cause instanceof BadOption) || flavour === 'busybox') throw cause
      proc.printError(`hostname: ${cause.message}`)
      proc.print(usage)
      return 255
    }
    if (options.has('h')) {
      proc.print(usage)
      return 255
    }
    const file = options.value('F')
    const name = file === undefined ? options.operands[0] : readText(proc, file).trim()
    if (name !== undefined && !options.has('i', 'I', 'f', 's', 'd', 'A', 'a')) return set(proc, name, flavour)
    return yield* show(proc, options, flavour)
  },
})

function set(proc: Process, name: string, flavour: Flavour): number {
  if (!proc.may('SYS_ADMIN')) {
    const words = strerror('EPERM')
    return flavour === 'gnu'
      ? proc.fail('hostname: you must be root to change the host name')
      : proc.fail(`hostname: sethostname: ${words}`)
  }
  if (!/^[a-zA-Z0-9]([-.a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name) || name.length > 64)
    return proc.fail(
      flavour === 'gnu'
        ? 'hostname: the specified hostname is invalid'
        : `hostname: sethostname: ${strerror(new Errno('EINVAL').code)}`,
    )
  proc.namespaces.uts.hostname = name
  return 0
}

function* show(proc: Process, options: ParsedOptions, flavour: Flavour): Task<number> {
  const { hostname: name } = proc.namespaces.uts
  if (options.has('s')) proc.print(name.split('.')[0])
  else if (options.has('I')) proc.print(ownAddresses(proc))
  else if (options.has('i', 'f', 'd', 'A', 'a')) return yield* showResolved(proc, name, options, flavour)
  else if (options.has('y')) return proc.fail('hostname: Local domain name not set')
  else proc.print(name)
  return 0
}

/** Debian's prints a blank after each address. */
function ownAddresses(proc: Process): string {
  let text = ''
  for (const link of proc.net.links.values()) {
    if (isLoopbackLink(link) || !link.up) continue
    for (const { cidr } of link.addresses)
      if (isIp4(cidr.ip) || !isLinkLocal(cidr.ip)) text += `${printIp(cidr.ip)} `
  }
  return text
}

function* showResolved(proc: Process, name: string, options: ParsedOptions, flavour: Flavour): Task<number> {
  const found = yield* resolve(proc, name)
  if (!found.ok)
    return proc.fail(
      flavour === 'gnu' ? `hostname: ${explainFailure(found)}` : `hostname: ${name}: Host not found`,
    )
  const { addresses, canonical } = found
  const dot = canonical.indexOf('.')
  const shown = flavour === 'busybox' ? addresses.filter(isIp4) : addresses
  if (options.has('i')) proc.print(shown.map(printIp).join(' '))
  else if (options.has('d')) {
    if (dot >= 0) proc.print(canonical.slice(dot + 1))
  } else if (options.has('a')) proc.print('')
  else proc.print(canonical)
  return 0
}

export const dnsdomainname = both({
  name: 'dnsdomainname',
  *main(proc) {
    const found = yield* resolve(proc, proc.namespaces.uts.hostname)
    const canonical = found.ok ? found.canonical : ''
    const dot = canonical.indexOf('.')
    if (dot >= 0) proc.print(canonical.slice(dot + 1))
    return found.ok ? 0 : 1
  },
})
