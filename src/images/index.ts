// The images that the registry of a world has.

import type { Catalogue } from '../engine/image/catalogue.ts'
import { alpine, olderAlpines } from './alpine.ts'
import { busybox } from './busybox.ts'
import { debian, debianBookworm, debianSlim, ubuntu, ubuntuJammy } from './debian.ts'
import type { DeclaredImage } from './declare.ts'
import { httpd } from './httpd.ts'
import { mysql } from './mysql.ts'
import { nginx, nginxAlpine } from './nginx.ts'
import { python, pythonAlpine, pythonSlim } from './python.ts'
import { centos, centos76 } from './redhat.ts'
import { redis, redisAlpine } from './redis.ts'
import { tomcat } from './tomcat.ts'

const declared: readonly DeclaredImage[] = [
  alpine,
  ...olderAlpines,
  busybox,
  centos,
  centos76,
  debian,
  debianBookworm,
  debianSlim,
  httpd,
  mysql,
  nginx,
  nginxAlpine,
  python,
  pythonAlpine,
  pythonSlim,
  redis,
  redisAlpine,
  tomcat,
  ubuntu,
  ubuntuJammy,
]

/** By full name: `docker.io/library/nginx:latest`. */
export const catalogue: Catalogue = new Map(
  declared.flatMap(({ names, image }) => names.map((name) => [name, image] as const)),
)
