// `docker system info`

import { infoView } from '../../api/info.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { string } from '../flags/flag.ts'
import { GoValue } from '../format/template/value.ts'
import { ConnectionError } from '../reach.ts'
import { formatInspect } from '../words.ts'
import { clientView, infoShape } from './infoshape.ts'
import { clientText, serverText } from './infotext.ts'
import { printTemplate, readTemplate } from './template.ts'

export const info = command({
  use: 'info [OPTIONS]',
  short: 'Display system-wide information',
  spellings: 'docker system info, docker info',
  args: none,
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
  },
  run(context, _, { format }) {
    const { proc, release, traits, api } = context
    const template = readTemplate(format, traits.format)
    if (template) {
      const view = { ...infoView(context.engine, api), ClientInfo: clientView(traits.client) }
      return printTemplate(proc, template, new GoValue(infoShape(api, release), view))
    }
    proc.write(1, clientText(release, traits.client.version))
    try {
      proc.write(1, serverText(infoView(context.engine, api), release))
    } catch (cause) {
      if (!(cause instanceof ConnectionError)) throw cause
      throw new StatusError((inRelease(failure, release) ?? '').replace('REASON', () => cause.message))
    }
  },
})

const failure: Dated<string> = { '19.03': 'ERROR: REASON\nerrors pretty printing info', '28': 'REASON' }
