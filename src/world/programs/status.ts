// What `systemctl status` shows of a unit.

import { datePartsOf, dayNames, momentOf, monthNames, printDate, printTime } from '../../base/calendar.ts'
import type { Instant } from '../../base/instant.ts'
import type { Process } from '../../kernel/process.ts'
import type { Unit } from './units.ts'

export function printStatus(proc: Process, unit: Unit): void {
  if (unit.failure !== undefined) return printFailure(proc, unit, unit.failure)
  const { active, enabled, name, description } = unit
  const preset = enabled ? 'enabled' : 'disabled'
  const ago = span(proc.now() - unit.since)
  proc.print(`${active ? '●' : '○'} ${name} - ${description}`)
  proc.print(`     Loaded: loaded (/usr/lib/systemd/system/${name}; ${preset}; preset: enabled)`)
  proc.print(
    `     Active: ${active ? 'active (running)' : 'inactive (dead)'} since ${dateOf(proc, unit.since)}; ${ago} ago`,
  )
  if (!active) proc.print(`   Duration: ${span(unit.ranFor, true)}`)
  proc.print(`       Docs: ${unit.documentation}`)
  const command = unit.engine.daemon.argv.join(' ')
  if (!active) {
    proc.print(`    Process: ${unit.mainPid} ExecStart=${command} (code=exited, status=0/SUCCESS)`)
    proc.print(`   Main PID: ${unit.mainPid} (code=exited, status=0/SUCCESS)`)
    return
  }
  proc.print(`   Main PID: ${unit.mainPid} (dockerd)`)
  proc.print('      Tasks: 9')
  proc.print(`     CGroup: /system.slice/${name}`)
  const pids = [...proc.machine.processes.values()].filter((each) => each.parent === unit.engine.daemon)
  const lines = [`${unit.mainPid} ${command}`, ...pids.map((each) => `${each.pid} ${each.argv.join(' ')}`)]
  for (const [index, line] of lines.entries())
    proc.print(`             ${index === lines.length - 1 ? '└─' : '├─'}${line}`)
}

/** A unit that failed, with what it wrote to the journal. */
function printFailure(proc: Process, unit: Unit, failure: string): void {
  const { enabled, name, description, since, mainPid } = unit
  proc.print(`× ${name} - ${description}`)
  proc.print(
    `     Loaded: loaded (/usr/lib/systemd/system/${name}; ${enabled ? 'enabled' : 'disabled'}; preset: enabled)`,
  )
  proc.print(
    `     Active: failed (Result: exit-code) since ${dateOf(proc, since)}; ${span(proc.now() - since)} ago`,
  )
  proc.print(`       Docs: ${unit.documentation}`)
  const command = unit.engine.daemon.argv.join(' ')
  proc.print(`    Process: ${mainPid} ExecStart=${command} (code=exited, status=1/FAILURE)`)
  proc.print(`   Main PID: ${mainPid} (code=exited, status=1/FAILURE)`)
  const { calendar } = proc.machine
  const parts = datePartsOf(momentOf(calendar, since), calendar.zoneMinutes)
  const day = `${monthNames[parts.month - 1]} ${String(parts.day).padStart(2, '0')}`
  const head = `${day} ${printTime(parts)} ${proc.machine.name}`
  proc.print()
  proc.print(`${head} dockerd[${mainPid}]: ${failure}`)
  proc.print(`${head} systemd[1]: ${name}: Main process exited, code=exited, status=1/FAILURE`)
  proc.print(`${head} systemd[1]: ${name}: Failed with result 'exit-code'.`)
  proc.print(`${head} systemd[1]: Failed to start ${name} - ${description}.`)
}

function dateOf(proc: Process, instant: Instant): string {
  const { calendar } = proc.machine
  const parts = datePartsOf(momentOf(calendar, instant), calendar.zoneMinutes)
  const day = dayNames[(Math.floor((calendar.epochOffset + instant) / 86_400_000_000) + 4) % 7]
  return `${day} ${printDate(parts)} ${printTime(parts)} ${calendar.zoneName}`
}

/** As systemd's format_timespan: the two largest units; with `fine`, milliseconds too. */
function span(microseconds: number, fine = false): string {
  const whole = Math.floor(microseconds / 1e6)
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
  ]
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`)
  const rest = (microseconds / 1e6) % 60
  const last = fine ? `${rest.toFixed(3)}s` : `${Math.floor(rest)}s`
  return [...shown, last].slice(0, fine ? 4 : 2).join(' ')
}
