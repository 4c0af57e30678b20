// `docker context create`

import { type Dated, inRelease } from '../../base/release.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { refused, string, stringToString } from '../flags/flag.ts'
import { contextNamed, currentContext, type Endpoint } from './current.ts'
import { endpointOf } from './endpoint.ts'
import { type ContextRecord, checkContextName, findContext, noContext, writeContext } from './store.ts'

export const create = command({
  use: 'create [OPTIONS] CONTEXT',
  short: 'Create a context',
  long: {
    '19.03': `Create a context

Docker endpoint config:

NAME                DESCRIPTION
from                Copy named context's Docker endpoint configuration
host                Docker endpoint on which to connect
ca                  Trust certs signed only by this CA
cert                Path to TLS certificate file
key                 Path to TLS key file
skip-tls-verify     Skip TLS certificate validation

Kubernetes endpoint config:

NAME                 DESCRIPTION
from                 Copy named context's Kubernetes endpoint configuration
config-file          Path to a Kubernetes config file
context-override     Overrides the context set in the kubernetes config file
namespace-override   Overrides the namespace set in the kubernetes config file

Example:

$ docker context create my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
    '28': `Create a context

Docker endpoint config:

NAME                DESCRIPTION
from                Copy named context's Docker endpoint configuration
host                Docker endpoint on which to connect
ca                  Trust certs signed only by this CA
cert                Path to TLS certificate file
key                 Path to TLS key file
skip-tls-verify     Skip TLS certificate validation

Example:

$ docker context create my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
  },
  args: exactly(1),
  flags: {
    'default-stack-orchestrator': string(
      'Default orchestrator for stack operations to use with this context (swarm|kubernetes|all)',
      { until: '28' },
    ),
    description: string('Description of the context'),
    docker: stringToString('set the docker endpoint'),
    from: string('create context from a named context'),
    kubernetes: stringToString('set the kubernetes endpoint', {
      until: '28',
      class: refused('Kubernetes endpoints'),
    }),
  },
  needsDaemon: false,
  run(context, [name], flags, given) {
    checkContextName(name)
    if (findContext(context, name)) throw new StatusError(`context "${name}" already exists`)
    if (flags.from !== '' && given.has('docker'))
      throw new StatusError(inRelease(dockerAndFrom, context.release) ?? '')
    const made = given.has('docker')
      ? { Metadata: {}, Endpoints: { docker: endpointOf(context, flags.docker) } }
      : copyOf(context, flags.from || currentContext(context))
    const orchestrator = flags['default-stack-orchestrator'] ?? ''
    const Metadata = {
      ...(flags.description !== '' && { Description: flags.description }),
      ...(orchestrator !== '' && { StackOrchestrator: orchestrator }),
    }
    writeContext(context, {
      Name: name,
      Metadata: { ...made.Metadata, ...Metadata },
      Endpoints: made.Endpoints,
    })
    context.proc.print(name)
    context.proc.printError(`Successfully created context "${name}"`)
  },
})

const dockerAndFrom: Dated<string> = {
  '19.03': 'cannot use --docker or --kubernetes flags when --from is set',
  '28': 'cannot use --docker flag when --from is set',
}

/** @throws StatusError */
function copyOf(client: Endpoint, name: string): Pick<ContextRecord, 'Metadata' | 'Endpoints'> {
  const found = contextNamed(client, name)
  if (!found) throw new StatusError(noContext(client, name))
  return found
}
