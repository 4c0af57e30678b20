// All programs of the machine but its shells and docker: what files name as their program.

import type { Program } from '../kernel/program.ts'
import { everydayPrograms } from './everyday.ts'
import { curl, curlBookworm } from './net/curl/curl.ts'
import { ip, ipBookworm } from './net/ip/ip.ts'
import { busyboxPing, busyboxPing6 } from './net/ping/busybox.ts'
import { ping, pingBookworm } from './net/ping/iputils.ts'
import { apache2, httpdChild } from './server/httpd/httpd.ts'
import { nginx, nginx127, nginxWorker } from './server/nginx/nginx.ts'
import { python3 } from './server/python/python3.ts'

export const programs: readonly Program[] = [
  apache2,
  busyboxPing,
  busyboxPing6,
  curl,
  curlBookworm,
  ...everydayPrograms,
  httpdChild,
  ip,
  ipBookworm,
  nginx,
  nginx127,
  nginxWorker,
  ping,
  pingBookworm,
  python3,
]
