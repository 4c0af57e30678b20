// Templates against what two real clients printed for `docker context inspect --format TEMPLATE`
// (docker 28.2.2, built with Go 1.24; docker 20.10.24, built with Go 1.19; no daemon is asked).

import { describe, expect, test } from 'vitest'
import { type InspectResult, inspect, inspectorOf } from '../inspect.ts'
import { format28, format2010 } from '../traits.ts'
import recorded from './template.recorded.json' with { type: 'json' }
import type { StructType } from './types.ts'
import { any, as, bool, embed, list, map, omitEmpty, struct, text } from './types.ts'
import { GoValue } from './value.ts'

interface Printed {
  readonly out?: string
  readonly error?: string
  readonly status?: number
}
interface Recording extends Printed {
  readonly template: string
  readonly '20.10'?: Printed
}

/** The default context as the client describes it; the 20.10 client names an orchestrator too. */
function context(release: '28' | '20.10'): GoValue {
  const orchestrator = release === '20.10' ? { StackOrchestrator: omitEmpty(text) } : {}
  const docker: StructType = struct('command.DockerContext', {
    Description: omitEmpty(text),
    ...orchestrator,
    AdditionalFields: omitEmpty(map(any)),
  })
  const endpoint = struct('context.EndpointMetaBase', { Host: omitEmpty(text), SkipTLSVerify: bool })
  const metadata = struct('store.Metadata', {
    Name: omitEmpty(text),
    Metadata: as('Metadata', any),
    Endpoints: map(any),
  })
  const listing = struct('context.contextWithTLSListing', {
    Metadata: embed(metadata),
    TLSMaterial: map(list(text, 'store.EndpointFiles')),
    Storage: struct('store.StorageInfo', { MetadataPath: text, TLSPath: text }),
  })
  return new GoValue(listing, {
    Name: 'default',
    Metadata: new GoValue(docker, release === '20.10' ? { StackOrchestrator: 'swarm' } : {}),
    Endpoints: {
      docker: new GoValue(endpoint, { Host: 'unix:///var/run/docker.sock', SkipTLSVerify: false }),
    },
    TLSMaterial: {},
    Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
  })
}

describe.each(['28', '20.10'] as const)('docker %s', (release) => {
  const traits = release === '28' ? format28 : format2010
  test.each(recorded as readonly Recording[])('$template', (recording) => {
    const printed = (release === '20.10' && recording['20.10']) || recording
    const inspector = inspectorOf(recording.template, traits)
    const result = inspect(inspector, [{ value: context(release), raw: false }], traits)
    expect(result).toEqual(expectation(printed))
  })
})

function expectation({ out, error, status = 0 }: Printed): InspectResult {
  if (out !== undefined) return { out, err: '', status: 0 }
  return { out: status === 64 ? '' : '\n', err: (error ?? '').replace(/\n$/, ''), status }
}
