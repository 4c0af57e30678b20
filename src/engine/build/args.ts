// Build arguments: which ARG has declared so far, and what each is worth (moby builder/dockerfile/buildargs.go).

import type { BuildRequest } from './request.ts'

/** Allowed without being declared; they change nothing in the cache. */
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY']
export const builtin: ReadonlySet<string> = new Set(proxies.flatMap((name) => [name, name.toLowerCase()]))

export interface BuildArgs {
  readonly given: BuildRequest['buildArgs']
  /** Declared before the first FROM. */
  readonly meta: Map<string, string | undefined>
  /** Declared in this stage. */
  readonly declared: Map<string, string | undefined>
  readonly referenced: Set<string>
}

export const createArgs = (given: BuildArgs['given']): BuildArgs => ({
  given,
  meta: new Map(),
  declared: new Map(),
  referenced: new Set(),
})

/** The arguments of the next stage. */
export const nextStage = (args: BuildArgs): BuildArgs => ({ ...args, declared: new Map() })

function worth(args: BuildArgs, declared: ReadonlyMap<string, string | undefined>, name: string) {
  return args.given.get(name) ?? declared.get(name) ?? args.meta.get(name)
}

/** All that count in this stage, but for those that ENV has. */
export function allowedArgs(args: BuildArgs, environment: readonly string[]): Map<string, string> {
  const set = new Set(environment.map((line) => line.split('=', 1)[0]))
  const values = new Map<string, string>()
  for (const name of [...args.declared.keys(), ...builtin]) {
    const value = worth(args, args.declared, name)
    if (value !== undefined && !set.has(name)) values.set(name, value)
  }
  return values
}

/** Those before the first FROM. */
export function metaValues(args: BuildArgs): Map<string, string> {
  const values = new Map<string, string>()
  for (const name of [...args.meta.keys(), ...builtin]) {
    const value = args.given.get(name) ?? args.meta.get(name)
    if (value !== undefined) values.set(name, value)
  }
  return values
}

/** Given, but declared nowhere; sorted. */
export const unconsumed = (args: BuildArgs): string[] =>
  [...args.given.keys()].filter((name) => !args.referenced.has(name) && !builtin.has(name)).sort()

/** `|2 A=1 B=2` before the command, as the cache and `docker history` have it. */
export function withArgs(args: BuildArgs, values: ReadonlyMap<string, string>, command: readonly string[]) {
  if (values.size === 0) return command
  const shown = [...values]
    .filter(([name]) => !builtin.has(name) || args.referenced.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
  return [`|${shown.length}`, ...shown, ...command]
}
