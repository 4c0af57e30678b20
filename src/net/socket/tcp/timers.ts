// TCP's timers: retransmission with backoff (RFC 6298), the probe of a closed window, the waits of closing. A
// connection has one timer; its state says what it is for.

import { cancel, schedule } from '../../../base/agenda.ts'
import { type Duration, milliseconds, seconds } from '../../../base/instant.ts'
import { sysctlNumber } from '../../sysctl.ts'
import { destroy, fail } from './close.ts'
import { type Connection, inFlight } from './connection.ts'
import { acknowledge, probeWindow, retransmitFirst } from './output.ts'

// TCP_TIMEOUT_INIT, TCP_RTO_MIN and TCP_RTO_MAX of include/net/tcp.h.
const firstTimeout = seconds(1)
const leastTimeout = milliseconds(200)
const mostTimeout = seconds(120)
const delayedAck = milliseconds(40)

/** Begins to wait for an acknowledgment, in place of what was waited for. */
export function startRetransmitTimer(connection: Connection): void {
  startTimer(connection, connection.retransmitTimeout, retransmitDue)
}

export function stopTimer(connection: Connection): void {
  if (connection.timer) cancel(connection.namespace.fabric.scheduler.agenda, connection.timer)
  connection.timer = undefined
}

/** Acknowledges in 40 ms, unless something goes out before (TCP_DELACK_MIN). */
export function acknowledgeLater(connection: Connection): void {
  if (connection.ackTimer) return
  const { scheduler } = connection.namespace.fabric
  connection.ackTimer = schedule(scheduler.agenda, scheduler.now + delayedAck, ackDue, connection)
}

export function stopAckTimer(connection: Connection): void {
  if (connection.ackTimer) cancel(connection.namespace.fabric.scheduler.agenda, connection.ackTimer)
  connection.ackTimer = undefined
}

/** In TIME-WAIT, or in FIN-WAIT-2 without an owner: waits 60 s, then is gone (TCP_TIMEWAIT_LEN, tcp_fin_timeout). */
export function startFinalTimer(connection: Connection): void {
  startTimer(connection, seconds(60), destroy)
}

/** Takes a measured round trip into account (RFC 6298, 2). */
export function measure(connection: Connection, rtt: Duration): void {
  const { smoothedRtt } = connection
  if (smoothedRtt === undefined) {
    connection.smoothedRtt = rtt
    connection.rttVariation = rtt / 2
  } else {
    connection.rttVariation = 0.75 * connection.rttVariation + 0.25 * Math.abs(smoothedRtt - rtt)
    connection.smoothedRtt = 0.875 * smoothedRtt + 0.125 * rtt
  }
  restoreTimeout(connection)
}

/** Ends the backoff. */
export function restoreTimeout(connection: Connection): void {
  const { smoothedRtt, rttVariation } = connection
  connection.retries = 0
  connection.retransmitTimeout =
    smoothedRtt === undefined
      ? firstTimeout
      : Math.min(mostTimeout, Math.round(smoothedRtt + Math.max(leastTimeout, 4 * rttVariation)))
}

function startTimer(connection: Connection, delay: Duration, act: (connection: Connection) => void): void {
  stopTimer(connection)
  const { scheduler } = connection.namespace.fabric
  connection.timer = schedule(scheduler.agenda, scheduler.now + delay, act, connection)
}

function ackDue(connection: Connection): void {
  connection.ackTimer = undefined
  acknowledge(connection)
}

function retransmitDue(connection: Connection): void {
  connection.timer = undefined
  const closedWindow = inFlight(connection) === 0
  if (closedWindow && connection.sendBuffer.length === 0) return
  if (!closedWindow && connection.retries >= mostRetries(connection)) {
    giveUp(connection)
    return
  }
  connection.retries++
  connection.retransmitTimeout = Math.min(mostTimeout, connection.retransmitTimeout * 2)
  startRetransmitTimer(connection)
  if (closedWindow) {
    probeWindow(connection)
    return
  }
  connection.recoverUntil = connection.sendNext
  retransmitFirst(connection)
}

function mostRetries({ namespace, state }: Connection): number {
  if (state === 'SYN-SENT') return sysctlNumber(namespace, 'net.ipv4.tcp_syn_retries')
  if (state === 'SYN-RECV') return sysctlNumber(namespace, 'net.ipv4.tcp_synack_retries')
  return sysctlNumber(namespace, 'net.ipv4.tcp_retries2')
}

function giveUp(connection: Connection): void {
  if (connection.state === 'SYN-RECV') destroy(connection)
  else fail(connection, connection.softError ?? 'ETIMEDOUT')
}
