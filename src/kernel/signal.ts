// Signals: their numbers, and how a waiting program is told.

export const signalNumbers = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
} as const

export type Signal = keyof typeof signalNumbers

/** Signals that do nothing to a process that does not ask for them (signal(7)). */
export const ignoredByDefault: ReadonlySet<Signal> = new Set(['CHLD', 'URG', 'WINCH', 'CONT'])
export const stoppingSignals: ReadonlySet<Signal> = new Set(['STOP', 'TSTP', 'TTIN', 'TTOU'])

/** The signal of a name with or without `SIG`, or of a number; undefined if there is none. */
export function parseSignal(text: string): Signal | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (name in signalNumbers) return name as Signal
  if (!/^\d+$/.test(text)) return undefined
  return (Object.keys(signalNumbers) as Signal[]).find((signal) => signalNumbers[signal] === Number(text))
}

/** Thrown at the wait of a program that catches `signal` (`Process.catches`). */
export class Interruption extends Error {
  readonly signal: Signal

  constructor(signal: Signal) {
    super(signal)
    this.signal = signal
  }
}

export const isInterruption = (cause: unknown, ...signals: Signal[]): cause is Interruption =>
  cause instanceof Interruption && (signals.length === 0 || signals.includes(cause.signal))
