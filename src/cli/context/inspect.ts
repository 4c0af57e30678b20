// `docker context inspect`

import { type Dated, inRelease } from '../../base/release.ts'
import { any } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { string } from '../flags/flag.ts'
import { any as anything, bool, embed, map, omitEmpty, struct, text } from '../format/template/types.ts'
import { GoValue } from '../format/template/value.ts'
import { inspectAll } from '../inspected.ts'
import { formatInspect } from '../words.ts'
import { contextNamed, currentContext, type Endpoint } from './current.ts'
import { metadataPath, noContext, tlsPath } from './store.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] [CONTEXT] [CONTEXT...]',
  short: 'Display detailed information on one or more contexts',
  args: any,
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
  },
  needsDaemon: false,
  run: (context, names, { format }) =>
    inspectAll(context, format, names.length > 0 ? names : [currentContext(context)], {
      raw: false,
      find: (name) => contextValue(context, name),
      missing: ({ message }) => message,
    }),
})

const storage = struct('store.StorageInfo', { MetadataPath: text, TLSPath: text })
const endpoint = struct('docker.EndpointMeta', { Host: omitEmpty(text), SkipTLSVerify: bool })
const metadata = struct('store.Metadata', {
  Name: omitEmpty(text),
  Metadata: anything,
  Endpoints: map(endpoint),
})
const shape = struct('context.contextWithTLSListing', {
  Metadata: embed(metadata),
  TLSMaterial: map(anything),
  Storage: storage,
})

const inMemory: Dated<string> = { '19.03': '<IN MEMORY>' }

/** @throws StatusError */
function contextValue(client: Endpoint, name: string): GoValue {
  const found = contextNamed(client, name)
  if (!found) throw new StatusError(noContext(client, name))
  const isDefault = name === 'default'
  const memory = inRelease(inMemory, client.release) ?? ''
  return new GoValue(shape, {
    ...found,
    TLSMaterial: {},
    Storage: {
      MetadataPath: isDefault ? memory : metadataPath(client, name),
      TLSPath: isDefault ? memory : tlsPath(client, name),
    },
  })
}
