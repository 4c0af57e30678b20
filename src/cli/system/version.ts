// `docker version`

import type { JsonRecord } from '../../api/record.ts'
import { serverView } from '../../api/version.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { string } from '../flags/flag.ts'
import { GoValue } from '../format/template/value.ts'
import { ConnectionError } from '../reach.ts'
import { formatInspect } from '../words.ts'
import { printTemplate, readTemplate } from './template.ts'
import { versionShape, versionText, versionView } from './versiontext.ts'

export const version = command({
  use: 'version [OPTIONS]',
  short: 'Show the Docker version information',
  args: none,
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    kubeconfig: string('Kubernetes config file', { until: '28', class: 'kept' }),
  },
  run(context, _, { format }) {
    const { proc, traits } = context
    const template = readTemplate(format, traits.format, 'version')
    const { server, refusal } = serverOf(context)
    const view = versionView(context.release, traits.client, server)
    if (template) printTemplate(proc, template, new GoValue(versionShape, view))
    else proc.write(1, versionText(view))
    if (refusal) throw refusal
  },
})

/** The client tells its own version even where no daemon answers. */
function serverOf(context: Context): { server?: JsonRecord; refusal?: ConnectionError } {
  try {
    return { server: serverView(context.engine) }
  } catch (cause) {
    if (cause instanceof ConnectionError) return { refusal: cause }
    throw cause
  }
}
