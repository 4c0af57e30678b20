// systemctl(1) of systemd 255, as far as services are started, stopped and looked at.

import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { printStatus } from './status.ts'
import { fullUnitName, startUnit, stopUnit, type Unit, unitNamed } from './units.ts'

export const systemctl: Program = {
  name: 'systemctl',
  *main(proc) {
    const words = proc.argv.slice(1).filter((word) => !word.startsWith('-'))
    const [verb, ...names] = words
    if (verb === undefined || verb === 'list-units') return listUnits(proc)
    if (verb === 'daemon-reload') return proc.may('SYS_ADMIN') ? 0 : refuse(proc, 'Failed to reload daemon')
    const action = actions[verb]
    if (!action) return proc.fail(`Unknown command verb '${verb}'.`)
    if (names.length === 0) return proc.fail('Too few arguments.')
    let status = 0
    for (const name of names) status = (yield* action(proc, verb, name)) || status
    return status
  },
}

/** What `systemctl VERB UNIT` does; `service UNIT VERB` does it too. */
export function* control(proc: Process, verb: string, name: string): Task<number> {
  const action = actions[verb]
  return action ? yield* action(proc, verb, name) : 1
}

type Action = (proc: Process, verb: string, name: string) => Task<number>

const actions: Readonly<Record<string, Action>> = {
  start: change,
  stop: change,
  restart: change,
  reload: change,
  'try-restart': change,
  'reload-or-restart': change,
  enable,
  disable: enable,
  status,
  'is-active': isActive,
  'is-enabled': isEnabled,
  cat: showFile,
}

function* change(proc: Process, verb: string, name: string): Task<number> {
  const unit = unitNamed(proc.machine, name)
  if (!proc.may('SYS_ADMIN')) return refuse(proc, `Failed to ${verb} ${fullUnitName(name)}`, name)
  if (!unit)
    return proc.fail(`Failed to ${verb} ${fullUnitName(name)}: Unit ${fullUnitName(name)} not found.`, 5)
  const wasActive = unit.active
  if (verb === 'reload' && !wasActive) return proc.fail(`${unit.name} is not active, cannot reload.`)
  if (verb.includes('restart') || verb === 'stop') yield* stopUnit(unit)
  if (
    verb === 'start' ||
    verb === 'restart' ||
    verb === 'reload-or-restart' ||
    (verb === 'try-restart' && wasActive)
  )
    return startUnit(unit) ? 0 : startFailed(proc, unit)
  return 0
}

function startFailed(proc: Process, { name }: Unit): number {
  proc.printError(`Job for ${name} failed because the control process exited with error code.`)
  proc.printError(`See "systemctl status ${name}" and "journalctl -xeu ${name}" for details.`)
  return 1
}

function refuse(proc: Process, what: string, name?: string): number {
  proc.printError(`${what}: Interactive authentication required.`)
  if (name !== undefined)
    proc.printError(`See system logs and 'systemctl status ${fullUnitName(name)}' for details.`)
  return 1
}

function* enable(proc: Process, verb: string, name: string): Task<number> {
  const unit = unitNamed(proc.machine, name)
  const full = fullUnitName(name)
  if (!proc.may('SYS_ADMIN')) return refuse(proc, `Failed to ${verb} unit`)
  if (!unit) return proc.fail(`Failed to ${verb} unit: Unit file ${full} does not exist.`)
  const bare = full.replace(/\.service$/, '')
  proc.printError(
    `Synchronizing state of ${full} with SysV service script with /usr/lib/systemd/systemd-sysv-install.`,
  )
  proc.printError(`Executing: /usr/lib/systemd/systemd-sysv-install ${verb} ${bare}`)
  const wanted = verb === 'enable'
  const link = `/etc/systemd/system/multi-user.target.wants/${full}`
  if (wanted && !unit.enabled) proc.printError(`Created symlink ${link} → /usr/lib/systemd/system/${full}.`)
  if (!wanted && unit.enabled) proc.printError(`Removed "${link}".`)
  unit.enabled = wanted
  return 0
}

function* status(proc: Process, _verb: string, name: string): Task<number> {
  const unit = unitNamed(proc.machine, name)
  if (!unit) return proc.fail(`Unit ${fullUnitName(name)} could not be found.`, 4)
  printStatus(proc, unit)
  return unit.active ? 0 : 3
}

function* isActive(proc: Process, _verb: string, name: string): Task<number> {
  const unit = unitNamed(proc.machine, name)
  const active = unit?.active === true
  proc.print(active ? 'active' : unit?.failure === undefined ? 'inactive' : 'failed')
  return active ? 0 : unitNamed(proc.machine, name) ? 3 : 4
}

function* isEnabled(proc: Process, _verb: string, name: string): Task<number> {
  const unit = unitNamed(proc.machine, name)
  if (!unit) {
    proc.print('not-found')
    return 4
  }
  proc.print(unit.enabled ? 'enabled' : 'disabled')
  return unit.enabled ? 0 : 1
}

function* showFile(proc: Process, _verb: string, name: string): Task<number> {
  const unit = unitNamed(proc.machine, name)
  if (!unit) return proc.fail(`No files found for ${fullUnitName(name)}.`)
  proc.print(`# /usr/lib/systemd/system/${unit.name}\n${unitFile(unit)}`)
  return 0
}

const unitFile = (unit: Unit): string => `[Unit]
Description=${unit.description}
Documentation=${unit.documentation}
After=network-online.target containerd.service
Wants=network-online.target

[Service]
Type=notify
ExecStart=${unit.engine.daemon.argv.join(' ')}
ExecReload=/bin/kill -s HUP $MAINPID
Restart=always

[Install]
WantedBy=multi-user.target
`

function listUnits(proc: Process): number {
  const unit = unitNamed(proc.machine, 'docker')
  proc.print('  UNIT           LOAD   ACTIVE SUB     DESCRIPTION')
  if (unit?.active) proc.print(`  ${unit.name} loaded active running ${unit.description}`)
  return 0
}
