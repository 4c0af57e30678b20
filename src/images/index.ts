// The images that the registry of a world has.

import type { Catalogue } from '../engine/image/catalogue.ts'
import { alpine, busybox } from './busybox.ts'
import { debian, ubuntu } from './debian.ts'
import type { DeclaredImage } from './declare.ts'
import { httpd } from './httpd.ts'
import { nginx, nginxAlpine } from './nginx.ts'

const declared: readonly DeclaredImage[] = [alpine, busybox, debian, httpd, nginx, nginxAlpine, ubuntu]

/** By full name: `docker.io/library/nginx:latest`. */
export const catalogue: Catalogue = new Map(
  declared.flatMap(({ names, image }) => names.map((name) => [name, image] as const)),
)
