// What is asked of a topology when it stands: of each container its links, routes and files, and by ping, DNS and HTTP every
// other one, by name and by address; of the host its rules, links and listings. A step prints sections, each headed by
// `# KIND NAME`; the probes of one container run side by side, since an unreachable address costs a second.

import { type Plan, type PlannedContainer, say } from './plan.ts'

/** The tools that an image has for asking. */
interface Kit {
  readonly ip?: string
  readonly ping?: string
  readonly http?: string
  readonly dns?: string
  readonly names?: string
}

const busybox: Kit = {
  ip: 'ip addr; ip route',
  ping: 'ping -c1 -W1',
  http: 'timeout 2 wget -T1 -qO-',
  dns: 'timeout 2 nslookup',
}
const debian: Kit = { names: 'timeout 2 getent hosts' }
const kits: Readonly<Record<string, Kit>> = {
  tools: {
    ip: 'ip addr; ip route',
    ping: 'ping -c1 -W1',
    http: 'curl -sSm1',
    dns: 'timeout 2 dig +short',
    names: 'timeout 2 getent hosts',
  },
  alpine: busybox,
  busybox,
  nginx: { ip: 'ip addr; ip route', http: 'curl -sSm1', names: 'timeout 2 getent hosts' },
}

/** The machine's own address, in a variable that other lines use. */
export const ownAddress = 'H=$(ip -4 -o addr show eth0 | sed "s/.*inet //;s,/.*,,"); echo $H'

/** The line before the first question: what was just started, listens then. */
export const probeStart = 'sleep 1'

/** Asks all that stands. */
export function probe(plan: Plan): void {
  say(plan, probeStart)
  say(plan, "docker ps -a --no-trunc --format '{{.Names}} {{.Image}} {{.Status}} {{.Ports}} {{.Networks}}'")
  say(plan, "docker network ls --format '{{.Name}} {{.Driver}} {{.Scope}}' | sort")
  for (const { name } of plan.networks) say(plan, `docker network inspect ${name}`)
  say(plan, 'docker network inspect bridge')
  for (const { name } of plan.containers)
    say(
      plan,
      `docker inspect -f '{{json .NetworkSettings.Networks}} {{json .NetworkSettings.Ports}}' ${name}`,
    )
  for (const { name } of plan.containers) say(plan, `docker port ${name}`)
  const all = plan.containers.map(({ name }) => name).join(' ')
  const ranged = '{{range .NetworkSettings.Networks}}'
  say(plan, `A=$(echo $(docker inspect -f '${ranged}{{.IPAddress}} {{end}}' ${all})); echo $A`)
  say(
    plan,
    `G=$(echo $(docker inspect -f '${ranged}{{.Gateway}} {{end}}' ${all} | tr ' ' '\\n' | sort -u)); echo $G`,
  )
  askHost(plan)
  for (const container of plan.containers) askFrom(plan, container)
  say(plan, 'docker ps -aq | wc -l')
}

/** Removes all, and looks at what is left. */
export function clean(plan: Plan): void {
  say(plan, 'docker rm -fv $(docker ps -aq)')
  say(plan, 'docker network prune -f')
  say(plan, rules)
  say(plan, links)
}

const rules = "iptables-save | sed '/^#/d;s/ \\[.*//'; ip6tables-save | sed '/^#/d;s/ \\[.*//'"

/** Of the machine itself (its uplink, link-local addresses that outlive a bridge's carrier) the topology has no say. */
const links = "ip -o addr | grep -v 'eth0\\|fe80'; ip -4 route; ip -6 route | grep -v fe80"

function askHost(plan: Plan): void {
  say(plan, rules)
  say(plan, links)
  say(plan, "ss -Hltun | awk '{print $1, $5}' | sort")
  const ports = [...plan.ports].sort((left, right) => left - right)
  const urls = ports.flatMap((port) => [`127.0.0.1:${port}`, `$H:${port}`, `[::1]:${port}`])
  const addresses = `for a in $A; do p http.$a curl -sSm1 http://$a/; done`
  const published =
    urls.length === 0 ? '' : `for a in ${urls.join(' ')}; do p http.$a curl -sSm1 http://$a/; done;`
  say(plan, `(mkdir -p probes; cd probes; ${side} ${addresses}; ${published} wait; ${show})`)
}

/** Runs a command in the background, what it says and its status into a file. */
const side = 'p() { n=$1; shift; ("$@" >"$n" 2>&1; echo "[$?]" >>"$n") & };'
const show = 'for f in *; do echo "# $f"; cat "$f"; done; rm -f *'

function askFrom(plan: Plan, container: PlannedContainer): void {
  const kit = kits[container.image] ?? debian
  const single = [...plan.names].flatMap(([name, count]) => (count === 1 ? [name] : []))
  const shared = [...plan.names].flatMap(([name, count]) => (count > 1 ? [name] : []))
  const first = plan.containers[0]?.name
  const qualified = plan.networks.slice(0, 2).map(({ name }) => `${first}.${name}`)
  const port = [...plan.ports][0]
  const loop = (items: string, ...acts: readonly (string | undefined | false)[]): string => {
    const body = acts.filter(Boolean).join('; ')
    return body === '' || items === '' ? '' : `for a in ${items}; do ${body}; done;`
  }
  const parts = [
    container.mode === 'host' ? 'cat /etc/resolv.conf' : `cat /etc/hosts /etc/resolv.conf; ${kit.ip ?? ''}`,
    'mkdir -p /tmp/probes; cd /tmp/probes',
    `${side} ${loop(
      `'"$A"' ${single.join(' ')}`,
      kit.ping && `p ping.$a ${kit.ping} $a`,
      kit.http && `p http.$a ${kit.http} http://$a/`,
      kit.names && `p names.$a ${kit.names} $a`,
    )} ${loop(`'"$A"' `, kit.dns && `p dns.$a ${kit.dns} ${kit.dns.includes('dig') ? '-x ' : ''}$a`)} ${loop(
      [...single, ...shared, ...qualified, 'example.com'].join(' '),
      kit.dns && `p dns.$a ${kit.dns} $a`,
    )} ${loop(`'"$G $H"'`, kit.ping && `p ping.$a ${kit.ping} $a`, kit.http && port !== undefined && `p http.$a.${port} ${kit.http} http://$a:${port}/`)} wait; ${show}`,
  ]
  say(
    plan,
    `docker exec ${container.name} sh -c '${parts.join('; ').replace(/; +;/g, ';').replace(/ +/g, ' ')}'`,
  )
  if (/nginx|httpd/.test(container.image))
    say(plan, `docker logs ${container.name} 2>/dev/null | cut -d' ' -f1 | sort -u`)
}
