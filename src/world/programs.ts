// All programs of a world, by the names that files refer to.

import type { Release } from '../base/release.ts'
import type { Program, ProgramTable } from '../kernel/program.ts'
import { shells } from '../shell/programs.ts'
import { otherPrograms } from './programs/others.ts'

const byName = (programs: readonly Program[]): ReadonlyMap<string, Program> =>
  new Map(programs.map((program) => [program.name, program]))

const shellTable = byName(shells)
const tables = new Map<Release, ProgramTable>()

/** The programs of a world in which Docker has that release; all but the shells are made when one is asked for. */
export function programsFor(release: Release): ProgramTable {
  let table = tables.get(release)
  if (!table) {
    table = createTable(release)
    tables.set(release, table)
  }
  return table
}

function createTable(release: Release): ProgramTable {
  let made: ReadonlyMap<string, Program> | undefined
  const others = () => {
    made ??= byName(otherPrograms(release))
    return made
  }
  return Object.freeze({
    get: (name: string) => shellTable.get(name) ?? others().get(name),
    keys: () => [...shellTable.keys(), ...others().keys()],
  })
}
