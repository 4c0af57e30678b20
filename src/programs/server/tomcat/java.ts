// java(1), as far as it runs Tomcat; of other programs it says that it does not.

import type { Program } from '../../../kernel/program.ts'
import { runTomcat } from './tomcat.ts'

const version = '1.8.0_412'

export const java: Program = {
  name: 'java',
  parks: true,
  *main(proc) {
    const words = proc.argv.slice(1)
    if (words[0] === '-version')
      return proc.fail(
        `openjdk version "${version}"\nOpenJDK Runtime Environment (build ${version}-b08)\nOpenJDK 64-Bit Server VM (build 25.412-b08, mixed mode)`,
        0,
      )
    if (words.includes('org.apache.catalina.startup.Bootstrap')) return yield* runTomcat(proc, words, version)
    const name = words.findLast((word) => !word.startsWith('-')) ?? words[0] ?? ''
    return proc.fail(`java: docksim does not simulate the program ${name}`, 1)
  },
}
