// What `GET /version` answers (moby api/types, daemon/info.go).

import { monthNames } from '../base/calendar.ts'
import type { Engine } from '../engine/engine.ts'
import type { JsonRecord } from './record.ts'

export function serverView(engine: Engine): JsonRecord {
  const { server } = engine.traits
  const KernelVersion = engine.machine.kernel.release
  const part = (Name: string, Version: string, GitCommit: string) => ({
    Name,
    Version,
    Details: { GitCommit },
  })
  return {
    Platform: { Name: '' },
    Components: [
      {
        Name: 'Engine',
        Version: server.version,
        Details: {
          ApiVersion: server.apiVersion,
          Arch: 'amd64',
          BuildTime: server.built,
          Experimental: 'false',
          GitCommit: server.gitCommit,
          GoVersion: server.goVersion,
          KernelVersion,
          MinAPIVersion: server.minimumApiVersion,
          Os: 'linux',
        },
      },
      part('containerd', server.containerd.version, server.containerd.commit),
      part('runc', server.runc.version, server.runc.commit),
      part('docker-init', server.init.version, server.init.commit),
    ],
    Version: server.version,
    ApiVersion: server.apiVersion,
    MinAPIVersion: server.minimumApiVersion,
    GitCommit: server.gitCommit,
    GoVersion: server.goVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion,
    BuildTime: isoTime(server.built),
  }
}

/** `Fri May 30 12:07:14 2025` as `2025-05-30T12:07:14.000000000+00:00`. */
function isoTime(text: string): string {
  const [, name = '', day = '', time = '', year = ''] = text.split(/ +/)
  const month = (monthNames as readonly string[]).indexOf(name) + 1
  if (month === 0) return ''
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${time}.000000000+00:00`
}
