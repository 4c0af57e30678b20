// The engine on which is recorded: which release it is, whether it is as empty as recordings want it, and emptying it.

import { spawnSync } from 'node:child_process'
import { type Release, releaseNames } from '../../src/base/release.ts'

export interface RealEngine {
  readonly env: NodeJS.ProcessEnv
}

/** The engine at `host`, in the words that a session without a terminal meets. */
export const engineAt = (host: string | undefined): RealEngine => ({
  env: {
    ...process.env,
    ...(host !== undefined && { DOCKER_HOST: host }),
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
  },
})

/** The release whose recordings this engine makes; undefined if there are none of it. Throws an Error without an engine. */
export function releaseOf(engine: RealEngine): Release | undefined {
  const version = ask(engine, 'docker version --format "{{.Server.Version}}"')
  return releaseNames.find((name) => version === name || version.startsWith(`${name}.`))
}

const containers = 'docker ps -aq'
const networks = 'docker network ls -q --filter type=custom'
const volumes = 'docker volume ls -q'

/** What stands in the way of a recording: containers, networks and volumes of users. */
export function leftovers(engine: RealEngine): string[] {
  const found = { containers, networks, volumes }
  return Object.entries(found)
    .map(([what, command]) => [what, ask(engine, command).split('\n').filter(Boolean).length] as const)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
}

/** The images that the engine has, to know later which are new. */
export const imagesOf = (engine: RealEngine): string[] =>
  ask(engine, `docker images --format '{{.Repository}}:{{.Tag}}={{.ID}}'`).split('\n').filter(Boolean)

/** Removes all containers, all networks and volumes of users, and the images that are not in `kept`. */
export function wipe(engine: RealEngine, kept: readonly string[]): void {
  const removals: readonly (readonly [string, string])[] = [
    [containers, 'docker rm -fv'],
    [networks, 'docker network rm'],
    [volumes, 'docker volume rm -f'],
  ]
  for (const [list, remove] of removals) ask(engine, `${list} | xargs -r ${remove}`)
  for (const image of imagesOf(engine)) {
    const [name = '', id = ''] = image.split('=')
    if (!kept.includes(image)) ask(engine, `docker rmi -f '${name.includes('<none>') ? id : name}'`)
  }
}

function ask({ env }: RealEngine, command: string): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${command}: ${stderr.trim()}`)
  return stdout.trim()
}
