// How iproute2 prints routes (ip/iproute.c, print_route).

import { bitsOf, printCidr } from '../../../base/cidr.ts'
import { familyOf, type Ip, isIp4, printIp } from '../../../base/ip.ts'
import { isLinkDown, type Route } from '../../../net/route.ts'
import type { Json } from './json.ts'
import { painted, type Settings } from './settings.ts'

/** What the selector of a listing has fixed is not printed. */
export interface Fixed {
  readonly dev?: boolean
  readonly protocol?: boolean
  readonly scope?: boolean
  readonly via?: boolean
  readonly table?: boolean
}

export function destinationOf({ destination }: Route): string {
  if (destination.length === 0) return 'default'
  return destination.length === bitsOf(familyOf(destination.ip))
    ? printIp(destination.ip)
    : printCidr(destination)
}

export function routeText(route: Route, settings: Settings, fixed: Fixed = {}): string {
  const six = !isIp4(route.destination.ip)
  const words: string[] = []
  if (route.type !== 'unicast') words.push(route.type)
  words.push(paintedDestination(route, settings))
  if (route.gateway !== undefined && !fixed.via) words.push('via', paintedIp(settings, route.gateway))
  const link = route.link ?? undefined
  if (link && !fixed.dev) words.push('dev', painted(settings, 'name', link.name))
  if (route.table === 'local' && !fixed.table) words.push('table local')
  if (route.protocol !== 'boot' && !fixed.protocol) words.push('proto', route.protocol)
  if (!six && route.scope !== 'global' && !fixed.scope) words.push('scope', route.scope)
  if (route.src !== undefined) words.push('src', paintedIp(settings, route.src))
  if (route.metric !== 0 || six) words.push('metric', String(route.metric))
  if (route.onlink) words.push('onlink')
  if (isLinkDown(route)) words.push('linkdown')
  if (six) return `${words.join(' ')} pref medium`
  return `${words.join(' ')} `
}

function paintedDestination(route: Route, settings: Settings): string {
  const text = destinationOf(route)
  return text === 'default' ? text : painted(settings, isIp4(route.destination.ip) ? 'inet' : 'inet6', text)
}

const paintedIp = (settings: Settings, ip: Ip): string =>
  painted(settings, isIp4(ip) ? 'inet' : 'inet6', printIp(ip))

export function routeJson(route: Route, fixed: Fixed = {}): Json {
  const six = !isIp4(route.destination.ip)
  const flags = [...(isLinkDown(route) ? ['linkdown'] : []), ...(route.onlink ? ['onlink'] : [])]
  return {
    type: route.type === 'unicast' ? undefined : route.type,
    dst: destinationOf(route),
    gateway: route.gateway === undefined || fixed.via ? undefined : printIp(route.gateway),
    dev: fixed.dev ? undefined : route.link?.name,
    table: route.table === 'local' && !fixed.table ? 'local' : undefined,
    protocol: route.protocol === 'boot' || fixed.protocol ? undefined : route.protocol,
    scope: six || route.scope === 'global' || fixed.scope ? undefined : route.scope,
    prefsrc: route.src === undefined ? undefined : printIp(route.src),
    metric: route.metric === 0 && !six ? undefined : route.metric,
    flags,
    pref: six ? 'medium' : undefined,
  }
}
