// `docker context use`

import { type Dated, inRelease } from '../../base/release.ts'
import { plainlyOne } from '../arity.ts'
import { command } from '../command.ts'
import { warnOfHost } from './current.ts'
import { checkContextName, readConfig, requireContext, setCurrent } from './store.ts'

export const use = command({
  use: 'use CONTEXT',
  short: 'Set the current docker context',
  args: plainlyOne,
  flags: {},
  needsDaemon: false,
  run(context, [name]) {
    if (name !== 'default') {
      checkContextName(name)
      requireContext(context, name)
    }
    const wanted = name === 'default' ? '' : name
    const changes = (readConfig(context).currentContext ?? '') !== wanted
    if (changes || inRelease(writesAlways, context.release)) setCurrent(context, wanted)
    context.proc.print(name)
    context.proc.printError(`Current context is now "${name}"`)
    if (name !== 'default') warnOfHost(context, `"${name}"`)
  },
})

/** config.json is written anew even if nothing in it changes. */
const writesAlways: Dated<boolean> = { '19.03': true, '28': false }
