// The two ways in which releases of docker complain about a line. Knows no command.
// Source: docker/cli cli/required.go, cli/cobra.go (FlagErrorFunc), cli/command/container/run.go (reportError).

import type { Count, Wording } from './traits.ts'

/** 19.03 and 20.10: the name in double quotes, a sentence with a period, then usage and description. */
export const sentences: Wording = {
  argumentError: (fault, count) =>
    `"${fault.path}" ${demand(count, 'exactly ')}.\nSee '${fault.path} --help'.\n\n` +
    `Usage:  ${fault.useLine}\n\n${fault.short}`,
  unknownCommand: (fault, word) =>
    fault.isRoot
      ? `docker: '${word}' is not a docker command.\nSee 'docker --help'`
      : `\n${fault.usage().trimEnd()}`,
  flagError: (fault, message) =>
    `${message}\nSee '${fault.path} --help'.${fault.isGroup ? `\n\n${fault.usage()}\n` : ''}`,
  runError: (message, stage, verb = 'run') =>
    `docker: ${message.replace(/\.$/, '')}.${stage === 'create' ? `\nSee 'docker ${verb} --help'.` : ''}`,
}

/** 28 and later: no period, the usage line, and where to read more. */
export const paragraphs: Wording = {
  argumentError: (fault, count) =>
    `docker: '${fault.path}' ${demand(count, '')}\n\nUsage:  ${fault.useLine}\n\n` +
    `${helpVerb(count)} '${fault.path} --help' for more information`,
  unknownCommand: (fault, word) =>
    `docker: unknown command: ${fault.path} ${word}\n\n` +
    `${fault.isRoot ? '' : `Usage:  ${fault.useLine}\n\n`}Run '${fault.path} --help' for more information`,
  flagError: (fault, message) =>
    `${message}\n\nUsage:  ${fault.useLine}\n\nRun '${fault.path} --help' for more information`,
  runError: (message, _, verb = 'run') =>
    `docker: ${message}\n\nRun 'docker ${verb} --help' for more information`,
}

/** The first word of the last line; the misspelt one is 28's. */
const helpVerb = ({ form }: Count): string =>
  form === 'atLeast' ? 'See' : form === 'atMost' ? 'SRun' : 'Run'

function demand({ form, least, most }: Count, exactly: string): string {
  switch (form) {
    case 'none':
      return 'accepts no arguments'
    case 'exactly':
      return `requires ${exactly}${counted(least)}`
    case 'atLeast':
      return `requires at least ${counted(least)}`
    case 'atMost':
      return `requires at most ${counted(most)}`
    default:
      return `requires at least ${least} and at most ${counted(most)}`
  }
}

const counted = (count: number): string => `${count} ${count === 1 ? 'argument' : 'arguments'}`
