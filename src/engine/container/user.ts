// As whom a container's processes run, and what they may do.

import { type Capability, rootCredentials } from '../../kernel/process.ts'
import {
  containerCapabilities,
  credentialsOf,
  type NamedCredentials,
  UnknownUser,
} from '../../kernel/users.ts'
import { EngineError } from '../error.ts'
import type { Container } from './container.ts'

/** The credentials of `user` (`name`, `uid`, `name:group`; '' is root) in the container. Throws EngineError. */
export function credentialsFor(container: Container, user: string, privileged: boolean): NamedCredentials {
  const capabilities = capabilitiesOf(container, privileged)
  try {
    return credentialsOf(container.files, user || '0', capabilities)
  } catch (cause) {
    if (cause instanceof UnknownUser) throw new EngineError('invalid', cause.message)
    throw cause
  }
}

function capabilitiesOf({ host }: Container, privileged: boolean): ReadonlySet<Capability> {
  if (privileged) return rootCredentials.capabilities
  const all = host.capAdd.some((name) => /^(CAP_)?ALL$/i.test(name))
  const capabilities = new Set<Capability>(all ? rootCredentials.capabilities : containerCapabilities)
  for (const name of host.capAdd) capabilities.add(plainName(name) as Capability)
  for (const name of host.capDrop)
    if (plainName(name) === 'ALL') capabilities.clear()
    else capabilities.delete(plainName(name) as Capability)
  return capabilities
}

const plainName = (name: string): string => name.toUpperCase().replace(/^CAP_/, '')
