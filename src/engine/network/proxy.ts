// docker-proxy: one process per published port and address, which listens on the host and carries connections to
// the container (moby cmd/docker-proxy). It serves what no DNAT rule catches: loopback, and hairpin connections.

import { printIp } from '../../base/ip.ts'
import { type Condition, type Task } from '../../base/scheduler.ts'
import { Errno } from '../../base/errno.ts'
import { type Process, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import {
  abortTcp,
  acceptTcp,
  closeListener,
  closeTcp,
  type Connection,
  connectTcp,
  type Listener,
  listenTcp,
  readTcp,
  sendTcp,
} from '../../net/socket/tcp.ts'
import {
  bindUdp,
  closeUdp,
  openUdp,
  sendUdp,
  takeDatagram,
  type UdpSocket,
} from '../../net/socket/udp.ts'
import { hostNamespaces } from '../daemon/host.ts'
import type { Engine } from '../engine.ts'
import type { PortMapping } from './portmap.ts'

type Target = Omit<PortMapping, 'proxy'>
