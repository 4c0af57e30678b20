// Settings that have no effect here, and words in them that the daemon would refuse all the same (moby
// daemon/container.go, daemon_unix.go).

import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logDriverOf, refuseLogOptions } from './logdriver.ts'

const logDrivers = 'awslogs fluentd gcplogs gelf journald json-file local none splunk syslog'.split(' ')

/** Throws EngineError. */
export function refuseKept(engine: Engine, kept: ReadonlyMap<string, unknown>): void {
  const word = (key: string): string => String(kept.get(key) ?? '')
  const refuse = (old: string, young: string) => {
    throw new EngineError('invalid', worded(engine, { '19.03': old, '28': young }))
  }
  if (engine.traits.tmpfsChecks === 'at-create') refuseIpcMode(engine, kept)
  const isolation = word('Isolation')
  if (!/^(default|)$/i.test(isolation))
    refuse(
      `Invalid isolation: "${isolation}" - linux only supports 'default'`,
      `invalid isolation (${isolation}): linux only supports 'default'`,
    )
  const runtime = word('Runtime')
  if (!/^(runc|io\.containerd\.runc\.v2|)$/.test(runtime))
    refuse(`Unknown runtime specified ${runtime}`, `unknown or invalid runtime name: ${runtime}`)
  const driver = logDriverOf(kept)
  if (!logDrivers.includes(driver)) {
    const words = `error looking up logging plugin ${driver}: plugin "${driver}" not found`
    refuse(words, words)
  }
  refuseLogOptions(kept)
}

/** Throws EngineError for a mode that there is not. */
export function refuseIpcMode(engine: Engine, kept: ReadonlyMap<string, unknown>): void {
  const ipc = String(kept.get('IpcMode') ?? '')
  if (/^(none|private|shareable|host|container:.+|)$/.test(ipc)) return
  const words = worded(engine, { '19.03': `Invalid IPC mode: ${ipc}`, '28': `invalid IPC mode: ${ipc}` })
  throw new EngineError('invalid', words)
}
