// `docker context update`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { string, stringToString } from '../flags/flag.ts'

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
    kubernetes: stringToString('set the kubernetes endpoint', { until: '28' }),
  },
})
