// The catalogue of the everyday programs: files, text, processes. jq is not in it: it needs its library (`text/jq.ts`).

import type { Program } from '../kernel/program.ts'
import { busybox } from './busybox/busybox.ts'
import { chmod, chown } from './file/chmod.ts'
import { cp, mv } from './file/copy.ts'
import { find } from './file/find.ts'
import { gzips } from './file/gzip.ts'
import { ln } from './file/link.ts'
import { ls } from './file/ls.ts'
import { mkdir, rmdir, touch } from './file/make.ts'
import { basename, dirname, pwd, readlink, realpath } from './file/path.ts'
import { rm } from './file/remove.ts'
import { du, mktemp, stat } from './file/stat.ts'
import { sync } from './file/sync.ts'
import { tar } from './file/tar.ts'
import { mounting } from './mount/mount.ts'
import { unmounting } from './mount/umount.ts'
import { date } from './proc/date.ts'
import { env, printenv } from './proc/env.ts'
import { gosu } from './proc/gosu.ts'
import { dnsdomainname, hostname } from './proc/hostname.ts'
import { groups, id, whoami } from './proc/id.ts'
import { kill, killall, pidof, pkill } from './proc/kill.ts'
import { muslLoader } from './proc/loader.ts'
import { df, free, uptime } from './proc/memory.ts'
import { nologin } from './proc/nologin.ts'
import { nsenter } from './proc/nsenter.ts'
import { ps } from './proc/ps.ts'
import { sleep } from './proc/sleep.ts'
import { su, sudo } from './proc/sudo.ts'
import { nohup, timeout } from './proc/timeout.ts'
import { busyboxTop } from './proc/top/busybox.ts'
import { top } from './proc/top/top.ts'
import { trueAndFalse } from './proc/true.ts'
import { clear, reset, stty, tty } from './proc/tty.ts'
import { arch, nproc, uname } from './proc/uname.ts'
import { watch } from './proc/watch.ts'
import { which } from './proc/which.ts'
import { xargs } from './proc/xargs.ts'
import { awk } from './text/awk/awk.ts'
import { base64 } from './text/base64.ts'
import { cat } from './text/cat.ts'
import { column } from './text/column.ts'
import { cut } from './text/cut.ts'
import { cmp } from './text/diff/cmp.ts'
import { diff } from './text/diff/diff.ts'
import { digests } from './text/digest.ts'
import { echo } from './text/echo.ts'
import { grep } from './text/grep.ts'
import { head } from './text/head.ts'
import { expr, nl } from './text/number.ts'
import { less, more } from './text/pager.ts'
import { fold, paste } from './text/paste.ts'
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

export const everydayPrograms: readonly Program[] = [
  ...arch,
  ...awk,
  ...base64,
  ...basename,
  busybox,
  ...cat,
  ...chmod,
  ...chown,
  ...clear,
  cmp,
  column,
  ...cp,
  ...cut,
  ...date,
  ...df,
  ...diff,
  ...digests,
  ...dirname,
  ...dnsdomainname,
  ...du,
  ...echo,
  ...env,
  ...expr,
  ...find,
  ...gzips,
  ...tar,
  ...fold,
  ...free,
  gosu,
  ...grep,
  ...groups,
  ...head,
  ...hostname,
  ...id,
  ...kill,
  ...killall,
  ...less,
  ...ln,
  ...ls,
  ...mkdir,
  ...mktemp,
  ...more,
  ...mounting,
  muslLoader,
  ...mv,
  ...nl,
  ...nologin,
  ...nohup,
  ...nproc,
  ...nsenter,
  ...paste,
  ...pidof,
  ...pkill,
  ...printenv,
  ...printf,
  ...ps,
  ...pwd,
  ...readlink,
  ...realpath,
  ...reset,
  ...rev,
  ...rm,
  ...rmdir,
  ...sed,
  ...seq,
  ...sleep,
  ...sort,
  ...stat,
  ...stty,
  ...su,
  sudo,
  ...sync,
  ...tac,
  ...tail,
  ...tee,
  ...test,
  ...timeout,
  busyboxTop,
  top,
  ...touch,
  ...tr,
  ...trueAndFalse,
  ...tty,
  ...uname,
  ...unmounting,
  ...uniq,
  ...uptime,
  ...watch,
  ...wc,
  ...which,
  ...whoami,
  ...xargs,
  ...yes,
]
