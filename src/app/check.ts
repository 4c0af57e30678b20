// docksim check: runs tutorials and tells of each step whether a real Docker would print what the text shows.

import { Chalk } from 'chalk'
import { writeError, writeOutput } from '../edge/output.ts'
import { colourLevel, outputColumns } from '../edge/screen.ts'
import { anyDiffers, type Checked, check } from '../lab/check.ts'
import { described, FileError } from '../lab/errors.ts'
import { reportHead, reportJson, reportNotes, reportRows } from '../lab/report.ts'
import { createTheatre } from '../lab/theatre.ts'
import type { WorldSpec } from '../lab/world-file.ts'
import { limitsOf, readUserFile, worldOf } from './options.ts'
import { drawTable } from './table.ts'
import type { CheckOptions } from './verbs.ts'

export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<void> {
  const theatre = createTheatre(limitsOf(options))
  const world = (await worldOf(options)) as WorldSpec
  for (const file of files) {
    try {
      const settled = { world, ...(options.release !== undefined && { release: options.release }) }
      const checked = check(file, readUserFile(file), theatre, settled)
      show(checked, options.json ?? false)
      if (anyDiffers(checked)) process.exitCode = 1
    } catch (cause) {
      if (!(cause instanceof FileError)) throw cause
      writeError(`docksim: ${described(cause)}\n`)
      process.exitCode = 2
    }
  }
}

function show(checked: Checked, json: boolean): void {
  if (json) return writeOutput(`${JSON.stringify(reportJson(checked))}\n`)
  const chalk = new Chalk({ level: colourLevel(1) })
  const colours: Readonly<Record<string, (text: string) => string>> = {
    equal: chalk.green,
    bound: chalk.green,
    ran: chalk.cyan,
    'text errs': chalk.yellow,
    differs: chalk.red,
    'not run': chalk.magenta,
  }
  const rows = reportRows(checked).map((row) =>
    row.map((cell, index) => (index === 1 ? (colours[cell] ?? String)(cell) : cell)),
  )
  writeOutput(`${drawTable([...reportHead], rows, outputColumns())}\n`)
  writeOutput(`${reportNotes(checked).join('\n')}\n`)
}
