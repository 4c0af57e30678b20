// `docker context rm`

import { type Dated, inRelease } from '../../base/release.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool } from '../flags/flag.ts'
import { currentContext, type Endpoint } from './current.ts'
import { findContext, removeContext, setCurrent } from './store.ts'

export const rm = command({
  use: 'rm CONTEXT [CONTEXT...]',
  short: 'Remove one or more contexts',
  aliases: ['remove'],
  args: atLeast(1),
  flags: {
    force: bool('Force the removal of a context in use', { short: 'f' }),
  },
  needsDaemon: false,
  run(context, names, { force }) {
    const refusals: string[] = []
    const current = currentContext(context)
    for (const name of names) {
      const refusal = refusalFor(context, name, current, force)
      if (refusal !== undefined) refusals.push(refusal)
      else {
        if (name === current) setCurrent(context, '')
        removeContext(context, name)
        context.proc.print(name)
      }
    }
    if (refusals.length > 0) throw new StatusError(refusals.join('\n'))
  },
})

/** Old clients tell the name first. */
const named: Dated<boolean> = { '19.03': true, '28': false }

function refusalFor(client: Endpoint, name: string, current: string, force: boolean): string | undefined {
  const old = inRelease(named, client.release) === true
  const before = old ? `${name}: ` : ''
  if (name === 'default') return `${before}context "default" cannot be removed`
  if (!findContext(client, name) && (old || !force)) return `${before}context "${name}" does not exist`
  if (name !== current || force) return undefined
  const what = old ? 'context' : `context "${name}"`
  return `${before}${what} is in use, set -f flag to force remove`
}
