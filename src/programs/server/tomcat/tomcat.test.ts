// Tomcat in a world of two namespaces; lines as its ConsoleHandler and its ErrorReportValve write them.

import { expect, test } from 'vitest'
import { run } from '../../../base/scheduler.ts'
import { signalProcess } from '../../../kernel/process.ts'
import { curl } from '../../net/curl/curl.ts'
import { play, start, tinyWorld } from '../../net/tiny-world.ts'
import { java } from './java.ts'

const base = '/opt/tomcat'
const files = {
  [`${base}/lib/catalina.jar`]: '9.0.37\n',
  [`${base}/conf/server.xml`]: '<Connector port="8081" protocol="HTTP/1.1"/>\n',
  [`${base}/logs/.keep`]: '',
  [`${base}/webapps/ROOT/index.jsp`]: '<p>root</p>\n',
  [`${base}/webapps/shop/index.html`]: '<p>shop</p>\n',
}
const line = [
  'java',
  `-Dcatalina.base=${base}`,
  `-Dcatalina.home=${base}`,
  'org.apache.catalina.startup.Bootstrap',
  'start',
]

test('starts, serves the web applications below webapps, and ends', () => {
  const world = tinyWorld({}, files)
  const server = start(world, world.bob, java, '', { argv: line })
  const { scheduler } = world.machine.fabric
  run(scheduler, { until: scheduler.now + 3e6, steps: 100_000 })
  const ask = (target: string) => play(world, world.ann, curl, `curl -si http://bob:8081${target}`).out
  expect(ask('/')).toMatch(
    /^HTTP\/1\.1 200 \r\nContent-Type: text\/html;charset=UTF-8\r\n[\s\S]*<p>root<\/p>\n$/,
  )
  expect(ask('/shop')).toMatch(/^HTTP\/1\.1 302 \r\nLocation: \/shop\/\r\n/)
  expect(ask('/shop/')).toContain('<p>shop</p>')
  expect(ask('/no')).toContain('The requested resource [&#47;no] is not available')
  signalProcess(server.process, 'TERM')
  run(scheduler, { until: scheduler.now + 1e6, steps: 100_000 })
  const log = server.err()
  expect(log).toMatch(
    /INFO \[main\] org\.apache\.catalina\.startup\.VersionLoggerListener\.log Server version name: {3}Apache Tomcat\/9\.0\.37\n/,
  )
  expect(log).toContain('Starting ProtocolHandler ["http-nio-8081"]\n')
  expect(log).toContain('Destroying ProtocolHandler ["http-nio-8081"]\n')
})
