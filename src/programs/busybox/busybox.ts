// busybox: the one binary behind its applets. It knows them by the program table: the applet `ls` is the program
// `ls.busybox`.

import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { busyboxBanner, spokenName } from '../program.ts'

export const busybox: Program = {
  name: 'busybox',
  *main(proc) {
    const name = spokenName(proc)
    if (!name.startsWith('busybox')) return yield* runApplet(proc, name, proc.argv)
    const [first, ...rest] = proc.argv.slice(1)
    if (first === undefined || first === '--help') return showUsage(proc)
    if (first === '--list') {
      for (const applet of appletsOf(proc)) proc.print(applet)
      return 0
    }
    return yield* runApplet(proc, first, [first, ...rest])
  },
}

function* runApplet(proc: Process, name: string, argv: readonly string[]): Task<number> {
  const program = proc.machine.programs.get(name === 'sh' || name === 'ash' ? 'ash' : `${name}.busybox`)
  if (!program) return proc.fail(`${name}: applet not found`, 127)
  return yield* proc.become(program, argv, proc.executable)
}

const appletsOf = (proc: Process): string[] =>
  [...proc.machine.programs.keys()]
    .filter((name) => name.endsWith('.busybox'))
    .map((name) => name.slice(0, -'.busybox'.length))
    .sort()

function showUsage(proc: Process): number {
  proc.print(`${busyboxBanner}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  The shell in this build
	is configured to run built-in utilities without $PATH search.
	You don't need to install a link to busybox for each utility.
	To run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:`)
  let line = '\t'
  const applets = appletsOf(proc)
  for (const [index, applet] of applets.entries()) {
    const word = index === applets.length - 1 ? applet : `${applet}, `
    if (line.length + word.trimEnd().length > 72) {
      proc.print(line.trimEnd())
      line = '\t'
    }
    line += word
  }
  proc.print(line)
  return 0
}
