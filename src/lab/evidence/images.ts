// Steps that fail for what their images are: names that Docker Hub does not have, databases that ask for a password.
// It does not know the images of this simulation: an official name that we lack is our gap, no error of a text.

import { containerNamed, imagesMade, namesMade, namesResolved, runOf } from '../check/names.ts'
import { official } from './official.ts'
import type { FailureRule, Past } from './rule.ts'

/** Why the container that `maker` makes has ended by itself; undefined if the line does not show that. */
export function whyEnded(maker: Past | undefined): string | undefined {
  const run = maker && runOf(maker.cmd)
  if (!run || run.hidden) return undefined
  const family = run.image.replace(/^docker\.io\/|^library\//, '').replace(/[:@].*$/, '')
  const given = run.environment.map((one) => one.replace(/=.*$/, '').replace(/_FILE$/, ''))
  const asks = passwords[family]
  if (!asks || asks.some((name) => given.includes(name))) return undefined
  return `the container of line ${maker.line} has ended: ${family} does not start without ${asks[0]}`
}

// docker_verify_minimum_env of their entrypoints.
const root = (owner: string) =>
  ['ROOT_PASSWORD', 'ALLOW_EMPTY_PASSWORD', 'RANDOM_ROOT_PASSWORD'].map((name) => `${owner}_${name}`)
const passwords: Readonly<Record<string, readonly string[]>> = {
  mysql: root('MYSQL'),
  mariadb: [
    ...root('MARIADB'),
    'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
    'MARIADB_ROOT_PASSWORD_HASH',
    ...root('MYSQL'),
  ],
  postgres: ['POSTGRES_PASSWORD', 'POSTGRES_HOST_AUTH_METHOD'],
}

const entrypoints =
  'docker_verify_minimum_env in docker-entrypoint.sh of docker-library/mysql, mariadb and postgres; '

export const imageRules: readonly FailureRule[] = [
  {
    printed: /pull access denied for ([\w.-]+), repository does not exist/,
    because: ([name = ''], { before }) =>
      official.has(name) || before.some((one) => one.outcome === 'not run' || makesImage(one, name))
        ? undefined
        : `Docker Hub has no official image ${name}, and the text makes none`,
    evidence: 'the folder library of docker-library/official-images, which lists all names without a user',
  },
  {
    printed: /Cannot link to a non running container: \/([\w.-]+) AS/,
    because: ([name = ''], { before }) => whyEnded(makerOf(before, name)),
    evidence: `${entrypoints}recording 28/claims-11: a link to a container that has ended is refused`,
  },
  {
    printed:
      /(?:bad address '|Could not resolve host: |can't find )([\w-]+)|ping: ([\w-]+): (?:Name or|Temp)/,
    because: ([first, second], { step, before }) => {
      const name = first ?? second ?? ''
      const maker = before.findLast(({ cmd }) => namesResolved(cmd).includes(name))
      return step.cmd.includes(name) ? whyEnded(maker) : undefined
    },
    evidence: `${entrypoints}recording 28/claims-11: the name of a container that has ended does not resolve`,
  },
  {
    printed: /[Cc]ontainer \w+ is not running/,
    because: (_groups, { step, before }) => whyEnded(makerOf(before, containerNamed(step.cmd) ?? '')),
    evidence: `${entrypoints}recording 28/claims-11: nothing is executed in a container that does not run`,
  },
]

const makerOf = (before: readonly Past[], name: string): Past | undefined =>
  before.findLast(({ cmd }) => namesMade(cmd).includes(name))

const makesImage = ({ cmd }: Past, name: string): boolean =>
  imagesMade(cmd).some((made) => made.replace(/:.*$/, '') === name) || /\bdocker (?:image )?load\b/.test(cmd)
