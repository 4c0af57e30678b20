// All programs but the shells. The bundle loads this file when the first of them is asked for (tools/build.mjs), so it
// exports one function and nothing else.

import { createApiProgram } from '../../api/server.ts'
import type { Release } from '../../base/release.ts'
import { createDockerProgram } from '../../cli/program.ts'
import type { Program } from '../../kernel/program.ts'
import { programs } from '../../programs/index.ts'
import { releases } from '../../releases/index.ts'
import { jq } from '../libraries.ts'
import { colima } from './colima.ts'
import { createDockerd, dockerProxy } from './dockerd.ts'
import { service } from './service.ts'
import { ssh } from './ssh.ts'
import { systemctl } from './systemctl.ts'

/** The programs of a world in which Docker has that release. */
export const otherPrograms = (release: Release): readonly Program[] => [
  ...programs,
  colima,
  createDockerd(release, releases[release].engine.server),
  dockerProxy,
  jq,
  service,
  ssh,
  systemctl,
  createDockerProgram(release, releases[release]),
  createApiProgram(release, releases[release].api),
]
