// `docker image rm`

import { readReference } from '../../api/reference.ts'
import { EngineError } from '../../engine/error.ts'
import { rm as removeImage } from '../../engine/image/rm.ts'
import { findImage } from '../../engine/image/store.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, strings } from '../flags/flag.ts'
import { lookUpRefusal } from '../refusal.ts'

export const rm = command({
  use: 'rm [OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  aliases: { '19.03': ['rmi', 'remove'], '28': ['remove'] },
  spellings: 'docker image rm, docker image remove, docker rmi',
  args: atLeast(1),
  flags: {
    force: bool('Force removal of the image', { short: 'f' }),
    'no-prune': bool('Do not delete untagged parents'),
    platform: strings(
      'Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      { since: '28', class: 'kept' },
    ),
  },
  run({ proc, engine, release }, names, { force, 'no-prune': keeps }) {
    const errors: string[] = []
    let fatal = false
    for (const name of names) {
      try {
        if (!findImage(engine.images, name)) readReference(name, release)
        for (const line of removeImage(engine, name, force, !keeps).lines) proc.print(line)
      } catch (cause) {
        if (!(cause instanceof EngineError)) throw cause
        errors.push(lookUpRefusal(release, cause, 'image', name))
        fatal ||= cause.kind !== 'notFound'
      }
    }
    if (errors.length === 0) return
    if (!force || fatal) throw new StatusError(errors.join('\n'))
    proc.printError(errors.join('\n'))
  },
})
