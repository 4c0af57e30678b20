// A dummy link: it is always there, and what is sent by it is gone.

import type { Mac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt, checkName, randomMac, requireKind } from './admin.ts'
import { blankLink, type Link, type LinkKind } from './link.ts'
import { countSent } from './transmit.ts'

export const dummy = Object.freeze<LinkKind>({ name: 'dummy', transmit, hasCarrier, dismantle })

/** Makes it, down. Errors: EEXIST if the name is taken; EOPNOTSUPP. */
export function createDummy(namespace: Namespace, name: string, options: { mac?: Mac } = {}): Link {
  checkName(namespace, name)
  requireKind(namespace, 'dummy')
  const link = blankLink(namespace, dummy, name, options.mac ?? randomMac(namespace.fabric), 1500)
  adopt(link, namespace)
  return link
}

function transmit(link: Link, frame: Frame): void {
  countSent(link, frame)
}

function hasCarrier(): boolean {
  return true
}

function dismantle(): void {}
