// Where the client keeps its contexts: files under ~/.docker of the user (docker/cli cli/context/store, cli/config).
// Knows no command.

import { encode } from '../../base/bytes.ts'
import { sha256 } from '../../base/digest.ts'
import { Errno } from '../../base/errno.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { readDirectory, readText } from '../../kernel/fs/read.ts'
import { makeDirectory, removeTree, writeFile } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { StatusError } from '../errors.ts'

/** What meta.json says of a context. */
export interface ContextRecord {
  readonly Name: string
  readonly Metadata: { readonly Description?: string; readonly StackOrchestrator?: string }
  readonly Endpoints: { readonly docker?: DockerEndpoint }
}

export interface DockerEndpoint {
  readonly Host?: string
  readonly SkipTLSVerify: boolean
}

/** Whose files, and where: `--config`, else DOCKER_CONFIG, else ~/.docker. */
export interface Client {
  readonly proc: Process
  readonly release: Release
  readonly globals: { readonly config: string }
}

export const configDirectory = ({ proc, globals }: Client): string =>
  globals.config || proc.env('DOCKER_CONFIG') || `${proc.env('HOME') ?? ''}/.docker`

const idOf = (name: string): string => sha256(encode(name))

export const metadataPath = (client: Client, name: string): string =>
  `${configDirectory(client)}/contexts/meta/${idOf(name)}`
export const tlsPath = (client: Client, name: string): string =>
  `${configDirectory(client)}/contexts/tls/${idOf(name)}`

/** The contexts that have files, in the order of their directories. */
export function storedContexts(client: Client): ContextRecord[] {
  const directory = `${configDirectory(client)}/contexts/meta`
  if (!exists(client.proc, directory)) return []
  return readDirectory(client.proc, directory).flatMap((id) => {
    const found = readRecord(client, `${directory}/${id}`)
    return found ? [found] : []
  })
}

export const findContext = (client: Client, name: string): ContextRecord | undefined =>
  readRecord(client, metadataPath(client, name))

/** @throws StatusError in the client's words */
export function requireContext(client: Client, name: string): ContextRecord {
  const found = findContext(client, name)
  if (!found) throw new StatusError(noContext(client, name))
  return found
}

const missing: Dated<string> = {
  '19.03': 'context "NAME" does not exist',
  '28': 'context "NAME": context not found: open PATH/meta.json: no such file or directory',
}

export const noContext = (client: Client, name: string): string =>
  (inRelease(missing, client.release) ?? '')
    .replace('NAME', () => name)
    .replace('PATH', () => metadataPath(client, name))

function readRecord({ proc }: Client, path: string): ContextRecord | undefined {
  try {
    return JSON.parse(readText(proc, `${path}/meta.json`)) as ContextRecord
  } catch (cause) {
    if (cause instanceof Errno || cause instanceof SyntaxError) return undefined
    throw cause
  }
}

export function writeContext(client: Client, record: ContextRecord): void {
  const path = metadataPath(client, record.Name)
  makeDirectory(client.proc, path, { parents: true, mode: 0o755 })
  writeFile(client.proc, `${path}/meta.json`, encode(JSON.stringify(record)), 0o644)
}

export function removeContext(client: Client, name: string): void {
  for (const path of [metadataPath(client, name), tlsPath(client, name)])
    if (exists(client.proc, path)) removeTree(client.proc, path)
}

/** Other keys than these are kept as they are. */
interface ConfigFile {
  readonly auths?: object
  readonly currentContext?: unknown
}

/** What config.json says; empty where there is none. */
export function readConfig(client: Client): ConfigFile {
  try {
    return JSON.parse(readText(client.proc, `${configDirectory(client)}/config.json`)) as ConfigFile
  } catch (cause) {
    if (cause instanceof Errno || cause instanceof SyntaxError) return {}
    throw cause
  }
}

/** Writes config.json as Go indents it, `auths` first. */
export function writeConfig(client: Client, config: ConfigFile): void {
  const directory = configDirectory(client)
  makeDirectory(client.proc, directory, { parents: true, mode: 0o700 })
  const text = JSON.stringify({ auths: {}, ...config }, undefined, '\t')
  writeFile(client.proc, `${directory}/config.json`, encode(text), 0o600)
}

/** Sets the context that is used when no other is named; '' is the default one. */
export function setCurrent(client: Client, name: string): void {
  const { currentContext: _, ...config } = readConfig(client)
  writeConfig(client, name === '' ? config : { ...config, currentContext: name })
}

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/

/** @throws StatusError for a name that no context of a user may have */
export function checkContextName(name: string): void {
  if (name === '') throw new StatusError('context name cannot be empty')
  if (name === 'default') throw new StatusError('"default" is a reserved context name')
  if (!namePattern.test(name))
    throw new StatusError(
      `context name "${name}" is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"`,
    )
}
