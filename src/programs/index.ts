// All programs of the machine but its shells and docker: what files name as their program.

import type { Program } from '../kernel/program.ts'
import { busybox } from './busybox/busybox.ts'
import { chmod, chown } from './file/chmod.ts'
import { cp, ln, mv } from './file/copy.ts'
import { ls } from './file/ls.ts'
import { mkdir, rm, rmdir, touch } from './file/make.ts'
import { basename, dirname, pwd, readlink, realpath } from './file/path.ts'
import { curl, curlBookworm } from './net/curl/curl.ts'
import { ip, ipBookworm } from './net/ip/ip.ts'
import { busyboxPing, busyboxPing6 } from './net/ping/busybox.ts'
import { ping, pingBookworm } from './net/ping/iputils.ts'
import { date } from './proc/date.ts'
import { env, printenv } from './proc/env.ts'
import { dnsdomainname, hostname } from './proc/hostname.ts'
import { groups, id, whoami } from './proc/id.ts'
import { kill, killall, pidof, pkill } from './proc/kill.ts'
import { df, free, uptime } from './proc/memory.ts'
import { ps } from './proc/ps.ts'
import { sleep } from './proc/sleep.ts'
import { nohup, timeout } from './proc/timeout.ts'
import { trueAndFalse } from './proc/true.ts'
import { clear, stty, tty } from './proc/tty.ts'
import { arch, nproc, uname } from './proc/uname.ts'
import { which } from './proc/which.ts'
import { xargs } from './proc/xargs.ts'
import { awk } from './text/awk/awk.ts'
import { cat } from './text/cat.ts'
import { cut } from './text/cut.ts'
import { echo } from './text/echo.ts'
import { grep } from './text/grep.ts'
import { head } from './text/head.ts'
import { printf } from './text/printf.ts'
import { rev, tac } from './text/reverse.ts'
import { sed } from './text/sed/sed.ts'
import { seq, yes } from './text/seq.ts'
import { sort } from './text/sort.ts'
import { tail } from './text/tail.ts'
import { tee } from './text/tee.ts'
import { test } from './text/test.ts'
import { tr } from './text/tr.ts'
import { uniq } from './text/uniq.ts'
import { wc } from './text/wc.ts'

export const programs: readonly Program[] = [
  ...arch,
  ...awk,
  ...basename,
  busybox,
  busyboxPing,
  busyboxPing6,
  ...cat,
  ...chmod,
  ...chown,
  ...clear,
  ...cp,
  curl,
  curlBookworm,
  ...cut,
  ...date,
  ...df,
  ...dirname,
  ...dnsdomainname,
  ...echo,
  ...env,
  ...free,
  ...grep,
  ...groups,
  ...head,
  ...hostname,
  ...id,
  ip,
  ipBookworm,
  ...kill,
  ...killall,
  ...ln,
  ...ls,
  ...mkdir,
  ...mv,
  ...nohup,
  ...nproc,
  ...pidof,
  ping,
  pingBookworm,
  ...pkill,
  ...printenv,
  ...printf,
  ...ps,
  ...pwd,
  ...readlink,
  ...realpath,
  ...rev,
  ...rm,
  ...rmdir,
  ...sed,
  ...seq,
  ...sleep,
  ...sort,
  ...stty,
  ...tac,
  ...tail,
  ...tee,
  ...test,
  ...timeout,
  ...touch,
  ...tr,
  ...trueAndFalse,
  ...tty,
  ...uname,
  ...uniq,
  ...uptime,
  ...wc,
  ...which,
  ...whoami,
  ...xargs,
  ...yes,
]
