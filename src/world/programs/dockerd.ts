// dockerd(8) and docker-proxy run by hand: they say why they do not start. The daemon that runs is systemd's
// (`systemctl.ts`).

import { printRfc3339Fixed } from '../../base/calendar.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { unitNamed } from './units.ts'

/** Told about the pid file of a daemon that runs, after `failed to start daemon` (moby pkg/pidfile). */
const alreadyRunning: Dated<string> = {
  '19.03': ': pid file found, ensure docker is not running or delete /var/run/docker.pid',
  '28': ', ensure docker is not running or delete /var/run/docker.pid: process with PID $ is still running',
}

export const createDockerd = (
  release: Release,
  { version, gitCommit }: { readonly version: string; readonly gitCommit: string },
): Program => ({
  name: 'dockerd',
  *main(proc) {
    const [option] = proc.argv.slice(1)
    if (option === '-v' || option === '--version') {
      proc.print(`Docker version ${version}, build ${gitCommit}`)
      return 0
    }
    if (option !== undefined && !option.startsWith('-'))
      return proc.fail(
        `"dockerd" accepts no argument(s).\nSee 'dockerd --help'.\n\nUsage:  dockerd [OPTIONS]\n\nA self-sufficient runtime for containers.`,
      )
    if (option !== undefined)
      return proc.fail(
        'dockerd: docksim does not simulate options of the daemon: write them into /etc/docker/daemon.json',
      )
    proc.printError(startingUp(proc))
    if (proc.credentials.uid !== 0)
      return proc.fail(
        'dockerd needs to be started with root privileges. To run dockerd in rootless mode as an unprivileged user, see https://docs.docker.com/go/rootless/',
      )
    const unit = unitNamed(proc.machine, 'docker')
    if (!unit?.active)
      return proc.fail('dockerd: docksim starts the daemon with `systemctl start docker` only')
    const words = inRelease(alreadyRunning, release) ?? ''
    return proc.fail(`failed to start daemon${words.replace('$', String(unit.mainPid))}`)
  },
})

/** The line of the daemon's logger (logrus): coloured on a terminal. */
function startingUp(proc: Process): string {
  const at = printRfc3339Fixed(proc.moment())
  if (terminalOf(proc.files.get(2)))
    return `\x1b[36mINFO\x1b[0m[${at}] Starting up                                  `
  return `time="${at}" level=info msg="Starting up"`
}

export const dockerProxy: Program = {
  name: 'docker-proxy',
  *main(proc) {
    if (proc.argv.slice(1).some((word) => /^--?(h|help)$/.test(word))) return proc.fail(proxyUsage, 0)
    return proc.fail('docker-proxy: docksim lets the daemon alone start it')
  },
}

const proxyUsage = `Usage of docker-proxy:
  -container-ip string
    	container ip
  -container-port int
    	container port (default -1)
  -host-ip string
    	host ip
  -host-port int
    	host port (default -1)
  -proto string
    	proxy protocol (default "tcp")`
