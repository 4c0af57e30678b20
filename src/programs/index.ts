// All programs of the machine but its shells and docker: what files name as their program.

import type { Program } from '../kernel/program.ts'
import { everydayPrograms } from './everyday.ts'
import { arp, busyboxArp } from './net/arp/arp.ts'
import { arping, busyboxArping } from './net/arping/arping.ts'
import { brctl } from './net/brctl/brctl.ts'
import { busyboxBrctl } from './net/brctl/busybox.ts'
import { bridge } from './net/bridge/bridge.ts'
import { conntrack } from './net/conntrack/conntrack.ts'
import { curl, curlBookworm } from './net/curl/curl.ts'
import { busyboxNslookup } from './net/dns/busybox-nslookup.ts'
import { dig } from './net/dns/dig.ts'
import { host } from './net/dns/host.ts'
import { nslookup } from './net/dns/nslookup.ts'
import { getent } from './net/getent.ts'
import { busyboxIfconfig } from './net/ifconfig/busybox.ts'
import { ifconfig } from './net/ifconfig/ifconfig.ts'
import { busyboxIp } from './net/ip/busybox.ts'
import { ip, ipBookworm } from './net/ip/ip.ts'
import { ip6tables, ip6tablesSave, iptables, iptablesSave } from './net/iptables/iptables.ts'
import { ip6tablesRestore, iptablesRestore } from './net/iptables/restore.ts'
import { alpineNc } from './net/nc/alpine.ts'
import { busyboxNc, busyboxTelnet } from './net/nc/busybox.ts'
import { nc } from './net/nc/openbsd.ts'
import { telnet } from './net/nc/telnet.ts'
import { busyboxNetstat, netstat } from './net/netstat/netstat.ts'
import { busyboxPing, busyboxPing6 } from './net/ping/busybox.ts'
import { ping, pingBookworm } from './net/ping/iputils.ts'
import { busyboxRoute, route } from './net/route/route.ts'
import { socat } from './net/socat.ts'
import { ss, ssBookworm } from './net/ss/ss.ts'
import { busyboxSysctl, sysctl } from './net/sysctl/sysctl.ts'
import { tracepath } from './net/tracepath/tracepath.ts'
import { busyboxTraceroute, traceroute } from './net/traceroute/traceroute.ts'
import { busyboxWget } from './net/wget/busybox.ts'
import { wget } from './net/wget/gnu.ts'
import { apk } from './package/apk.ts'
import { apt, aptGet } from './package/apt.ts'
import { aptCache } from './package/apt-cache.ts'
import { dpkg, dpkgQuery } from './package/dpkg.ts'
import { yum } from './package/yum.ts'
import { apache2, httpd, httpdChild } from './server/httpd/httpd.ts'
import { mysqladmin } from './server/mysql/mysqladmin.ts'
import { mysqld } from './server/mysql/mysqld.ts'
import { nginx, nginx127, nginxWorker } from './server/nginx/nginx.ts'
import { python3 } from './server/python/python3.ts'
import { redisCli } from './server/redis/cli.ts'
import { redisServer } from './server/redis/server.ts'
import { java } from './server/tomcat/java.ts'

export const programs: readonly Program[] = [
  apache2,
  apk,
  apt,
  aptCache,
  aptGet,
  arp,
  arping,
  busyboxArp,
  brctl,
  bridge,
  busyboxArping,
  busyboxBrctl,
  busyboxIfconfig,
  busyboxIp,
  alpineNc,
  busyboxNc,
  busyboxNetstat,
  busyboxNslookup,
  busyboxPing,
  busyboxPing6,
  busyboxRoute,
  busyboxSysctl,
  busyboxTelnet,
  busyboxTraceroute,
  busyboxWget,
  conntrack,
  curl,
  curlBookworm,
  dig,
  dpkg,
  dpkgQuery,
  ...everydayPrograms,
  getent,
  host,
  httpd,
  httpdChild,
  ifconfig,
  ip,
  ip6tables,
  ip6tablesRestore,
  ip6tablesSave,
  ipBookworm,
  iptables,
  iptablesRestore,
  iptablesSave,
  java,
  mysqladmin,
  yum,
  mysqld,
  nc,
  netstat,
  nginx,
  nginx127,
  nginxWorker,
  nslookup,
  ping,
  pingBookworm,
  python3,
  redisCli,
  redisServer,
  route,
  socat,
  ss,
  ssBookworm,
  sysctl,
  telnet,
  tracepath,
  traceroute,
  wget,
]
