// docker rename, as the daemon sees it (moby daemon/rename.go): the new name resolves at once.

import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { dnsNamesOf } from '../network/endpoint.ts'
import { isRunning, requireContainer } from './container.ts'
import { eventAttributes } from './create.ts'
import { checkName } from './names.ts'

/** Throws EngineError for a name that is empty, bad or in use. */
export function rename(engine: Engine, asked: string, newName: string): void {
  const container = requireContainer(engine, asked)
  if (newName === '') throw new EngineError('invalid', 'Neither old nor new names may be empty')
  const plain = newName.replace(/^\//, '')
  if (plain === container.name)
    throw new EngineError('invalid', 'Renaming a container with the same name as its current name')
  try {
    checkName(engine, `/${plain}`)
  } catch (cause) {
    if (cause instanceof EngineError)
      throw new EngineError(cause.kind, `Error when allocating new name: ${cause.message}`)
    throw cause
  }
  const oldName = container.name
  engine.containersByName.delete(oldName)
  engine.containersByName.set(plain, container)
  container.name = plain
  for (const attachment of isRunning(container) ? container.attachments.values() : []) {
    const { endpoint } = attachment
    if (engine.traits.renameNames === 'recorded' || attachment.named) attachment.named = plain
    if (endpoint) endpoint.dnsNames = attachment.named ? dnsNamesOf(engine, container, attachment) : [plain]
  }
  logEvent(engine, 'container', 'rename', container.id, {
    ...eventAttributes(container),
    oldName: `/${oldName}`,
  })
}
