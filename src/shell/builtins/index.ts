// The builtins by their names.

import * as control from './control.ts'
import * as declaring from './declare.ts'
import * as directory from './directory.ts'
import { echo } from './echo.ts'
import { getopts } from './getopts.ts'
import { enable, hash } from './hash.ts'
import { bind, complete, help } from './help.ts'
import { fc, history } from './history.ts'
import * as job from './job.ts'
import { kill } from './kill.ts'
import { ulimit } from './limits.ts'
import { mapfile } from './mapfile.ts'
import type { Builtin } from './output.ts'
import { printf } from './printf.ts'
import { read } from './read.ts'
import { set, shopt } from './set.ts'
import * as system from './system.ts'
import { bracket, test } from './test.ts'
import { alias, type, unalias } from './type.ts'
import { unsetNames } from './unset.ts'

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['.', control.source],
  [':', control.nothing],
  ['[', bracket],
  ['alias', alias],
  ['bg', job.background],
  ['bind', bind],
  ['break', control.breakLoop],
  ['builtin', control.builtin],
  ['caller', system.caller],
  ['cd', directory.cd],
  ['command', control.command],
  ['compgen', complete],
  ['complete', complete],
  ['compopt', complete],
  ['continue', control.continueLoop],
  ['declare', declaring.declare],
  ['dirs', directory.dirs],
  ['disown', job.disown],
  ['echo', echo],
  ['enable', enable],
  ['eval', control.evaluate],
  ['exec', control.execute],
  ['exit', control.exit],
  ['export', declaring.exportVariables],
  ['false', control.failure],
  ['fc', fc],
  ['fg', job.foreground],
  ['getopts', getopts],
  ['hash', hash],
  ['help', help],
  ['history', history],
  ['jobs', job.jobs],
  ['kill', kill],
  ['let', system.letArithmetic],
  ['local', declaring.local],
  ['logout', control.logout],
  ['mapfile', mapfile],
  ['popd', directory.popd],
  ['printf', printf],
  ['pushd', directory.pushd],
  ['pwd', directory.pwd],
  ['read', read],
  ['readarray', mapfile],
  ['readonly', declaring.readonly],
  ['return', control.returnFrom],
  ['set', set],
  ['shift', control.shift],
  ['shopt', shopt],
  ['source', control.source],
  ['suspend', system.suspend],
  ['test', test],
  ['times', system.times],
  ['trap', system.trap],
  ['true', control.nothing],
  ['type', type],
  ['typeset', declaring.declare],
  ['ulimit', ulimit],
  ['umask', system.umask],
  ['unalias', unalias],
  ['unset', unsetNames],
  ['wait', job.wait],
])
