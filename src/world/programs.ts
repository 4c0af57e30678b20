// All programs of a world, by the names that files refer to.

import type { Release } from '../base/release.ts'
import { createDockerProgram } from '../cli/program.ts'
import type { Program, ProgramTable } from '../kernel/program.ts'
import { programs } from '../programs/index.ts'
import { releases } from '../releases/index.ts'
import { shells } from '../shell/programs.ts'
import { jq } from './libraries.ts'
import { service } from './programs/service.ts'
import { systemctl } from './programs/systemctl.ts'

const tables = new Map<Release, ProgramTable>()

/** The programs of a world in which Docker has that release. */
export function programsFor(release: Release): ProgramTable {
  let table = tables.get(release)
  if (!table) {
    const all: Program[] = [
      ...programs,
      ...shells,
      jq,
      service,
      systemctl,
      createDockerProgram(release, releases[release]),
    ]
    table = new Map(all.map((program) => [program.name, program]))
    tables.set(release, table)
  }
  return table
}
