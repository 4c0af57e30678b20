// `docker` as a program of a machine: the command line of one release.

import type { ApiTraits } from '../api/traits.ts'
import type { Release } from '../base/release.ts'
import type { Engine } from '../engine/engine.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import type { Context } from './context.ts'
import { type Globals, noGlobals } from './globals.ts'
import { main } from './main.ts'
import { reach } from './reach.ts'
import type { CliTraits } from './traits.ts'

/** What of a release the client needs. */
export interface ClientTraits {
  readonly cli: CliTraits
  readonly api: ApiTraits
}

export const createDockerProgram = (release: Release, traits: ClientTraits): Program => ({
  name: 'docker',
  main: (proc) => main(new Session(proc, release, traits), proc.argv.slice(1)),
})

class Session implements Context {
  readonly proc: Process
  readonly release: Release
  readonly traits: CliTraits
  readonly api: ApiTraits
  globals: Globals = noGlobals
  private found: Engine | undefined

  constructor(proc: Process, release: Release, { cli, api }: ClientTraits) {
    this.proc = proc
    this.release = release
    this.traits = cli
    this.api = api
  }

  get engine(): Engine {
    this.found ??= reach(this.proc, this.release)
    return this.found
  }
}
