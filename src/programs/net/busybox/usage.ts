// How a busybox applet answers a line it does not understand: its usage text under the banner, status 1
// (bb_show_usage of libbb/appletlib.c; banner of the recorded build).

import type { Process } from '../../../kernel/process.ts'

export const busyboxBanner = 'BusyBox v1.37.0 (Debian 1:1.37.0-6+b9) multi-call binary.'

/** Prints `error` under the applet's name, if there is one, then its usage; returns status 1. */
export function refuse(proc: Process, applet: string, usage: string, error?: string): number {
  if (error !== undefined) proc.printError(`${applet}: ${error}`)
  proc.printError(busyboxBanner)
  proc.printError()
  proc.printError(usage)
  return 1
}
