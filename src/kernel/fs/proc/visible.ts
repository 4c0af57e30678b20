// Which processes a process sees (pid_namespaces(7)), and under which numbers and names.

import type { Process } from '../../process.ts'

/** The processes that `proc` can see, by the pids under which it sees them, in rising order. */
export function visibleProcesses(proc: Process): Map<number, Process> {
  const { pids } = proc.namespaces
  if (pids.outermost) return proc.machine.processes
  const visible = new Map<number, Process>()
  for (const [pid, inner] of pids.inner) {
    const other = proc.machine.processes.get(pid)
    if (other) visible.set(inner, other)
  }
  return visible
}

/** The pid of `process` as `viewer` sees it; 0 if it does not (as ppid of a container's first process). */
export function visiblePid(viewing: Process, process: Process | undefined): number {
  if (!process) return 0
  const { pids } = viewing.namespaces
  return pids.outermost ? process.pid : (pids.inner.get(process.pid) ?? 0)
}

/**
 * The name that `ps` shows without arguments: that under which it was executed, at most 15 characters (comm). A program
 * that gives itself a title (`nginx: master process …`) and a login shell (`-bash`) keep it.
 */
export function commandName({ argv: [first], executable }: Process): string {
  const titled = first === undefined || /^[\w.-]+: /.test(first)
  return (titled ? executable : first.replace(/^-/, '')).replace(/^.*\//, '').slice(0, 15)
}
