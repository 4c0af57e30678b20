// `docker context update`

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { refused, string, stringToString } from '../flags/flag.ts'
import { endpointOf } from './endpoint.ts'
import { checkContextName, requireContext, writeContext } from './store.ts'

export const update = command({
  use: 'update [OPTIONS] CONTEXT',
  short: 'Update a context',
  long: {
    '19.03': `Update a context

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

$ docker context update my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
    '28': `Update a context

Docker endpoint config:

NAME                DESCRIPTION
from                Copy named context's Docker endpoint configuration
host                Docker endpoint on which to connect
ca                  Trust certs signed only by this CA
cert                Path to TLS certificate file
key                 Path to TLS key file
skip-tls-verify     Skip TLS certificate validation

Example:

$ docker context update my-context --description "some description" --docker "host=tcp://myserver:2376,ca=~/ca-file,cert=~/cert-file,key=~/key-file"`,
  },
  args: exactly(1),
  flags: {
    'default-stack-orchestrator': string(
      'Default orchestrator for stack operations to use with this context (swarm|kubernetes|all)',
      { until: '28' },
    ),
    description: string('Description of the context'),
    docker: stringToString('set the docker endpoint'),
    kubernetes: stringToString('set the kubernetes endpoint', {
      until: '28',
      class: refused('Kubernetes endpoints'),
    }),
  },
  needsDaemon: false,
  run(context, [name], flags, given) {
    checkContextName(name)
    const record = requireContext(context, name)
    const orchestrator = flags['default-stack-orchestrator'] ?? ''
    const Metadata = {
      ...record.Metadata,
      ...(flags.description !== '' && { Description: flags.description }),
      ...(orchestrator !== '' && { StackOrchestrator: orchestrator }),
    }
    const Endpoints = given.has('docker')
      ? { ...record.Endpoints, docker: endpointOf(context, flags.docker) }
      : record.Endpoints
    writeContext(context, { ...record, Metadata, Endpoints })
    context.proc.print(name)
    context.proc.printError(`Successfully updated context "${name}"`)
  },
})
