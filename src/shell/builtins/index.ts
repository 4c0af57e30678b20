// The builtins by their names.

import * as control from './control.ts'
import * as declaring from './declare.ts'
import * as directory from './directory.ts'
import { echo } from './echo.ts'
import { getopts } from './getopts.ts'
import * as job from './job.ts'
import type { Builtin } from './output.ts'
import { printf } from './printf.ts'
import { mapfile, read } from './read.ts'
import { set, shopt } from './set.ts'
import * as system from './system.ts'
import { bracket, test } from './test.ts'
import { alias, hash, type, unalias } from './type.ts'

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['.', control.source],
  [':', control.nothing],
  ['[', bracket],
  ['alias', alias],
  ['bg', job.background],
  ['break', control.breakLoop],
  ['builtin', control.builtin],
  ['caller', system.caller],
  ['cd', directory.cd],
  ['command', control.command],
  ['continue', control.continueLoop],
  ['declare', declaring.declare],
  ['dirs', directory.dirs],
  ['disown', job.disown],
  ['echo', echo],
  ['enable', system.enable],
  ['eval', control.evaluate],
  ['exec', control.execute],
  ['exit', control.exit],
  ['export', declaring.exportVariables],
  ['false', control.failure],
  ['fg', job.foreground],
  ['getopts', getopts],
  ['hash', hash],
  ['history', system.history],
  ['jobs', job.jobs],
  ['kill', job.kill],
  ['let', system.letArithmetic],
  ['local', declaring.local],
  ['logout', control.exit],
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
  ['test', test],
  ['times', system.times],
  ['trap', system.trap],
  ['true', control.nothing],
  ['type', type],
  ['typeset', declaring.declare],
  ['ulimit', system.ulimit],
  ['umask', system.umask],
  ['unalias', unalias],
  ['unset', declaring.unsetNames],
  ['wait', job.wait],
])
