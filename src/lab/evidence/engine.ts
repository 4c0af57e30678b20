// Steps that no engine carries out as the text has it.

import { containerNamed, namesMade, publishedPorts } from '../check/names.ts'
import type { FailureRule, LineRule } from './rule.ts'

// What these official images ship is a slim Debian without the network tools.
const slimImages = /\b(?:nginx|httpd|mysql|mariadb|postgres|redis)\b(?!\S*alpine)/

/** Lines that docker itself writes otherwise. */
export const engineLineRules: readonly LineRule[] = [
  {
    cmd: /\bdocker (?:container )?(?:ps|ls|list)\b/,
    line: /(?<![\d.])0\.0\.0\.0:(\d+)->(\d+\/\w+)(?!,)/,
    real: { '20.10': '0.0.0.0:$1->$2, :::$1->$2', '28': '0.0.0.0:$1->$2, [::]:$1->$2' },
    says: 'on a host with IPv6 docker ps lists the IPv6 side of a published port too',
    evidence: 'recordings 20.10/ports-1 and 28/ports-1',
  },
]

/** Steps that fail on every engine. */
export const engineRules: readonly FailureRule[] = [
  {
    printed: /Bind for \S*:(\d+) failed: port is already allocated/,
    because: ([port = ''], { before }) =>
      before.some(({ cmd }) => publishedPorts(cmd).includes(port))
        ? 'the text publishes the same port of the host for another container that still runs'
        : undefined,
    evidence: 'recordings 28/ports-1 and 28/ports-many-2',
  },
  {
    printed:
      /exec: "(ping|ip|ifconfig|nslookup|dig|nc|telnet|traceroute|wget|ps)": executable file not found in \$PATH/,
    because: ([program = ''], { step, before }) => {
      const name = containerNamed(step.cmd)
      const maker = before.findLast(({ cmd }) => name !== undefined && namesMade(cmd).includes(name)) ?? step
      return step.cmd.includes(program) && slimImages.test(maker.cmd)
        ? 'the image of the container ships no such program'
        : undefined
    },
    evidence: 'recording 28/exec-1 has the refusal; the official image is a slim Debian',
  },
  {
    printed: /requires at least 1 argument/,
    because: (_groups, { step, before }) =>
      /\$\(docker (?:container )?(?:ps|ls)\b/.test(step.cmd) &&
      !before.some(
        ({ cmd, machine }) =>
          machine === step.machine && /\bdocker (?:container )?(?:run|create|start)\b/.test(cmd),
      )
        ? 'the text has started no container on this machine, so there is none to name'
        : undefined,
    evidence: 'tests/help/errors/steps-20.10.json and steps-28.json: rm without arguments',
  },
]
