// Tomcat 9 (org.apache.catalina): its start with its log lines, its web applications as directories, its end. It runs no
// Java: a page is a file of a web application. Lines as its ConsoleHandler writes them (Tomcat's documentation, logs of
// 9.0 in public issues); how long its parts take is what they take on a laptop.

import { datePartsOf, digits, monthNames, printTime } from '../../../base/calendar.ts'
import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { milliseconds } from '../../../base/instant.ts'
import { anyIp6 } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { readDirectory, readText } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { listen, newServerState, serve, stopListening } from '../http/engine.ts'
import { type TomcatState, tomcatSite } from './site.ts'

/** Goes on from the process' memory, or starts what the words say. */
export function* runTomcat(proc: Process, words: readonly string[], jvm: string): Task<number> {
  if (proc.memory !== undefined) return yield* run(proc, proc.memory as TomcatState)
  const property = (name: string): string =>
    words.find((word) => word.startsWith(`-D${name}=`))?.slice(name.length + 3) ?? ''
  const base = property('catalina.base')
  const home = property('catalina.home')
  const version = textOf(proc, `${home}/lib/catalina.jar`).trim() || '9.0'
  const port = Number(/<Connector port="(\d+)"/.exec(textOf(proc, `${base}/conf/server.xml`))?.[1] ?? 8080)
  const state: TomcatState = { ...newServerState(), base, version, port }
  tellVersions(proc, { version, base, home, jvm }, words)
  yield* proc.sleep(milliseconds(310))
  log(proc, 'core.AprLifecycleListener.lifecycleEvent', apr)
  yield* proc.sleep(milliseconds(95))
  const handler = `ProtocolHandler ["http-nio-${port}"]`
  say(proc, 'INFO', 'org.apache.coyote.AbstractProtocol.init', `Initializing ${handler}`)
  if (!bind(proc, state)) return yield* run(proc, state)
  yield* proc.sleep(milliseconds(32))
  log(proc, 'startup.Catalina.load', 'Server initialization in [437] milliseconds')
  log(proc, 'core.StandardService.startInternal', 'Starting service [Catalina]')
  log(proc, 'core.StandardEngine.startInternal', `Starting Servlet engine: [Apache Tomcat/${version}]`)
  const started = proc.now()
  for (const name of applicationsOf(proc, base)) {
    const place = `web application directory [${base}/webapps/${name}]`
    log(proc, 'startup.HostConfig.deployDirectory', `Deploying ${place}`)
    const time = name === 'examples' ? 290 : 40 + name.length * 7
    yield* proc.sleep(milliseconds(time))
    const done = `Deployment of ${place} has finished in [${time}] ms`
    log(proc, 'startup.HostConfig.deployDirectory', done)
  }
  say(proc, 'INFO', 'org.apache.coyote.AbstractProtocol.start', `Starting ${handler}`)
  const elapsed = Math.round((proc.now() - started) / 1000) + 9
  log(proc, 'startup.Catalina.start', `Server startup in [${elapsed}] milliseconds`)
  return yield* run(proc, state)
}

const apr =
  'The APR based Apache Tomcat Native library which allows optimal performance in production environments was not found on the java.library.path: [/usr/java/packages/lib/amd64:/usr/lib64:/lib64:/lib:/usr/lib]'

function tellVersions(
  proc: Process,
  { version, base, home, jvm }: Readonly<Record<'version' | 'base' | 'home' | 'jvm', string>>,
  words: readonly string[],
): void {
  const tell = (title: string, value: string): void =>
    log(proc, 'startup.VersionLoggerListener.log', `${`${title}:`.padEnd(22)} ${value}`)
  tell('Server version name', `Apache Tomcat/${version}`)
  tell('Server built', builtAt[version] ?? 'unknown')
  tell('Server version number', `${version}.0`)
  tell('OS Name', 'Linux')
  tell('OS Version', proc.machine.kernel.release)
  tell('Architecture', 'amd64')
  tell('Java Home', proc.executable.replace(/\/bin\/java$/, ''))
  tell('JVM Version', `${jvm}-b08`)
  tell('JVM Vendor', 'Red Hat, Inc.')
  tell('CATALINA_BASE', base)
  tell('CATALINA_HOME', home)
  for (const word of words) if (word.startsWith('-D')) tell('Command line argument', word)
}

const builtAt: Readonly<Record<string, string>> = { '9.0.37': 'Jun 30 2020 20:09:49 UTC' }

/** Connections are taken from here on, and served when all is up (bindOnInit). */
function bind(proc: Process, state: TomcatState): boolean {
  try {
    listen(proc, state, anyIp6, state.port, { backlog: 100, v6only: false })
    return true
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const name = `[Connector[HTTP/1.1-${state.port}]]`
    const words = `Failed to initialize component ${name}`
    say(proc, 'SEVERE', 'org.apache.catalina.util.LifecycleBase.handleSubClassException', words)
    proc.printError(`\torg.apache.catalina.LifecycleException: Protocol handler initialization failed`)
    proc.printError(
      `\tCaused by: java.net.BindException: ${strerror(cause.code)} (${errnoNumber(cause.code)})`,
    )
    return false
  }
}

const applicationsOf = (proc: Process, base: string): string[] => {
  try {
    return [...readDirectory(proc, `${base}/webapps`)].sort()
  } catch (cause) {
    if (isErrno(cause)) return []
    throw cause
  }
}

function* run(proc: Process, state: TomcatState): Task<number> {
  proc.memory = state
  for (const signal of ['TERM', 'INT'] as const) proc.catches.add(signal)
  try {
    return yield* serve(proc, state, tomcatSite)
  } catch (cause) {
    if (!isInterruption(cause)) throw cause
    const handler = `ProtocolHandler ["http-nio-${state.port}"]`
    const tell = (method: string, words: string): void => say(proc, 'INFO', method, words, 'Thread-5')
    tell('org.apache.coyote.AbstractProtocol.pause', `Pausing ${handler}`)
    tell('org.apache.catalina.core.StandardService.stopInternal', 'Stopping service [Catalina]')
    tell('org.apache.coyote.AbstractProtocol.stop', `Stopping ${handler}`)
    stopListening(proc, state)
    tell('org.apache.coyote.AbstractProtocol.destroy', `Destroying ${handler}`)
    return cause.signal === 'INT' ? 130 : 143
  }
}

const log = (proc: Process, method: string, words: string): void =>
  say(proc, 'INFO', `org.apache.catalina.${method}`, words)

/** `07-Sep-2023 07:19:47.403 INFO [main] …` */
function say(proc: Process, level: string, method: string, words: string, thread = 'main'): void {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  const day = `${digits(parts.day, 2)}-${monthNames[parts.month - 1]}-${digits(parts.year, 4)}`
  const time = `${printTime(parts)}.${digits(Math.floor(parts.nanosecond / 1e6), 3)}`
  proc.printError(`${day} ${time} ${level} [${thread}] ${method} ${words}`)
}

function textOf(proc: Process, path: string): string {
  try {
    return readText(proc, path)
  } catch (cause) {
    if (isErrno(cause)) return ''
    throw cause
  }
}
