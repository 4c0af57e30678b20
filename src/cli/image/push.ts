// `docker image push`

import { referenceMistake } from '../../api/reference.ts'
import { inDaemon } from '../../engine/daemon/work.ts'
import { EngineError } from '../../engine/error.ts'
import { imagesToPush, push as pushImage } from '../../engine/image/push.ts'
import { parseReference } from '../../engine/image/reference.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const push = command({
  use: 'push [OPTIONS] NAME[:TAG]',
  short: { '19.03': 'Push an image or a repository to a registry', '28': 'Upload an image to a registry' },
  spellings: 'docker image push, docker push',
  args: exactly(1),
  flags: {
    'all-tags': bool(
      {
        '19.03': 'Push all tagged images in the repository',
        '28': 'Push all tags of an image to the repository',
      },
      { short: 'a', since: '20.10' },
    ),
    'disable-content-trust': bool('Skip image signing', { until: '29', otherwise: true, class: 'kept' }),
    platform: string(
      "Push a platform-specific manifest as a single-platform image to the registry.\nImage index won't be pushed, meaning that other manifests, including attestations won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
      { since: '28', class: refused('pushing one platform of an image') },
    ),
    quiet: bool('Suppress verbose output', { short: 'q', since: '20.10' }),
  },
  *run({ proc, engine, release }, [name], flags) {
    const mistake = referenceMistake(name, release)
    if (mistake !== undefined) throw new StatusError(mistake)
    const reference = parseReference(name)
    const tell = (line: string) => {
      if (!flags.quiet) proc.print(line)
    }
    if (flags['all-tags'] && reference.tag !== undefined)
      throw new StatusError("tag can't be used with --all-tags/-a")
    if (!flags['all-tags'] && reference.tag === undefined) tell('Using default tag: latest')
    tell(`The push refers to repository [${reference.domain}/${reference.path}]`)
    try {
      const [image] = imagesToPush(engine, reference, flags['all-tags'])
      const refusal = image && (yield* inDaemon(engine, pushImage(engine, reference, image)))
      refusal?.lines.forEach(tell)
      throw new StatusError(refusal?.message ?? '')
    } catch (cause) {
      if (cause instanceof EngineError) throw new StatusError(cause.message)
      throw cause
    }
  },
})
