// The options of the bridge driver (moby libnetwork/drivers/bridge/bridge_linux.go, labels.go): what they say, and in
// which words those that do not parse are refused. It makes nothing.

import { type Ip, parseIp } from '../../../base/ip.ts'
import type { Engine } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { BridgeState, GatewayMode, Network } from '../network.ts'

const label = (name: string): string => `com.docker.network.bridge.${name}`

/** What the driver's options say. Throws EngineError for values that do not parse. */
export function readOptions(
  engine: Engine,
  network: Network,
): Omit<BridgeState, 'link'> & { readonly name: string; readonly inhibitIp4: boolean } {
  const options = network.options
  const name = options.get(label('name')) || `br-${network.id.slice(0, 12)}`
  const [gatewayMode4, gatewayMode6] = gatewayModes(engine, network)
  return {
    gatewayMode4,
    gatewayMode6,
    hostIp4: sourceOption(options, 'com.docker.network.host_ipv4'),
    hostIp6: engine.traits.gatewayModes ? sourceOption(options, 'com.docker.network.host_ipv6') : undefined,
    name,
    inhibitIp4: booleanOption(options, label('inhibit_ipv4'), false),
    interContainer: booleanOption(options, label('enable_icc'), true),
    masquerade: booleanOption(options, label('enable_ip_masquerade'), true),
    hostBinding: bindingOption(options),
    mtu: mtuOption(options),
    interfacePrefix: options.get('com.docker.network.container_iface_prefix') || 'eth',
  }
}

/** The address to which ports are published; undefined is every address. */
function bindingOption(options: ReadonlyMap<string, string>): Ip | undefined {
  const key = label('host_binding_ipv4')
  const text = options.get(key)
  if (text === undefined) return undefined
  const ip = parseIp(text)
  if (ip === undefined) throw new EngineError('invalid', `failed to parse ${key} value: ${text} (nil ip)`)
  return ip === 0 ? undefined : ip
}

const truths = ['1', 't', 'T', 'TRUE', 'true', 'True']
const falsehoods = ['0', 'f', 'F', 'FALSE', 'false', 'False']

function booleanOption(options: ReadonlyMap<string, string>, key: string, otherwise: boolean): boolean {
  const text = options.get(key)
  if (text === undefined) return otherwise
  if (truths.includes(text)) return true
  if (falsehoods.includes(text)) return false
  throw new EngineError(
    'invalid',
    `failed to parse ${key} value: ${text} (strconv.ParseBool: parsing "${text}": invalid syntax)`,
  )
}

function mtuOption(options: ReadonlyMap<string, string>): number {
  const key = 'com.docker.network.driver.mtu'
  const text = options.get(key)
  if (text === undefined) return 1500
  if (/^[+-]?\d+$/.test(text)) return Number(text) || 1500
  throw new EngineError(
    'invalid',
    `failed to parse ${key} value: ${text} (strconv.Atoi: parsing "${text}": invalid syntax)`,
  )
}

const modes: readonly GatewayMode[] = ['nat', 'nat-unprotected', 'routed', 'isolated']

/** How each family reaches the outside. Releases that do not know the option have one way. */
function gatewayModes({ traits }: Engine, { options, internal }: Network): [GatewayMode, GatewayMode] {
  if (!traits.gatewayModes) return ['nat', 'nat']
  const modeOf = (family: 4 | 6): GatewayMode => {
    const key = label(`gateway_mode_ipv${family}`)
    const text = options.get(key)
    if (text === undefined || text === '') return 'nat'
    const mode = modes.find((known) => known === text)
    if (mode) return mode
    throw new EngineError('invalid', `failed to parse ${key} value: ${text} (unknown gateway mode ${text})`)
  }
  const both: [GatewayMode, GatewayMode] = [modeOf(4), modeOf(6)]
  if (!internal && both.includes('isolated'))
    throw new EngineError('invalid', "gateway mode 'isolated' can only be used for an internal network")
  return both
}

/** Whether a network of these options needs no address of its own in a family: nothing on the host is in it. */
export const isIsolated = (options: ReadonlyMap<string, string>, family: 4 | 6): boolean =>
  options.get(label(`gateway_mode_ipv${family}`)) === 'isolated'

/** An address of the host that stands for the containers' outside; what is none is not used. */
function sourceOption(options: ReadonlyMap<string, string>, key: string): Ip | undefined {
  return parseIp(options.get(key) ?? '')
}
