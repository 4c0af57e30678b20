// How a busybox applet answers a line it does not understand: its error, then its usage text, status 1
// (bb_show_usage of libbb/appletlib.c).

import type { Process } from '../../../kernel/process.ts'
import { busyboxUsage } from '../../program.ts'

/** Prints `error` under the applet's name, if there is one, then its usage; returns status 1. */
export function refuse(proc: Process, applet: string, error?: string): number {
  if (error !== undefined) proc.printError(`${applet}: ${error}`)
  proc.write(2, busyboxUsage(applet))
  return 1
}
