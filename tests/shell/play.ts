// A machine with the shells and a few text tools, and a script played on it.

import { symlink } from '../../src/kernel/fs/tree.ts'
import type { Machine } from '../../src/kernel/machine.ts'
import type { Program } from '../../src/kernel/program.ts'
import { mkdir } from '../../src/programs/file/make.ts'
import { env, printenv } from '../../src/programs/proc/env.ts'
import { sleep } from '../../src/programs/proc/sleep.ts'
import { cat } from '../../src/programs/text/cat.ts'
import { echo } from '../../src/programs/text/echo.ts'
import { grep } from '../../src/programs/text/grep.ts'
import { head } from '../../src/programs/text/head.ts'
import { seq, yes } from '../../src/programs/text/seq.ts'
import { sort } from '../../src/programs/text/sort.ts'
import { tr } from '../../src/programs/text/tr.ts'
import { wc } from '../../src/programs/text/wc.ts'
import { type Trial, trial, trialMachine } from '../../src/programs/trial.ts'
import { ash, bash, dash } from '../../src/shell/programs.ts'

const tools: readonly Program[] = [cat, echo, grep, head, seq, sort, tr, wc, sleep, env, printenv, yes, mkdir]
  .flat()
  .filter((tool) => !tool.name.endsWith('.busybox'))

export const shellMachine = (files = {}, sh = 'dash'): Machine =>
  trialMachine([bash, dash, ash, ...tools], { '/bin/sh': symlink(sh), ...files })

/** Runs `-c line` in the shell called `bash`, `dash` or `ash`; the latter two go by the name `sh`. */
export const playLine = (line: string, shell = 'bash'): Trial =>
  trial(shellMachine({}, shell), [shell === 'bash' ? 'bash' : 'sh', '-c', line], {
    directory: '/tmp',
    environment: { HOME: '/root' },
    until: 120e6,
  })
