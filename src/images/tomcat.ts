// Apache Tomcat: what its distribution holds, as an archive of a mirror and as an official image. The scripts do what the
// real ones do of `run`; the pages say what the real ones say first.

import { gzip } from '../base/archive/deflate.ts'
import { blankEntry, type TarEntry, writeTar } from '../base/archive/tar.ts'
import { type Bytes, encode } from '../base/bytes.ts'
import { directory, executable, script, type Tree } from '../kernel/fs/tree.ts'
import { debianSlimLayer } from './debian.ts'
import { declareImage, tree, usualPath } from './declare.ts'

const catalina = `#!/bin/sh
# Control Script for the CATALINA Server

PRGDIR=\`dirname "$0"\`
[ -z "$CATALINA_HOME" ] && CATALINA_HOME=\`cd "$PRGDIR/.." >/dev/null; pwd\`
[ -z "$CATALINA_BASE" ] && CATALINA_BASE="$CATALINA_HOME"
[ -z "$CATALINA_TMPDIR" ] && CATALINA_TMPDIR="$CATALINA_BASE"/temp

if [ -z "$JAVA_HOME" ] && [ -z "$JRE_HOME" ]; then
  JAVA_PATH=\`command -v java\`
  if [ -n "$JAVA_PATH" ]; then
    JAVA_PATH=\`dirname "$JAVA_PATH"\`
    JRE_HOME=\`dirname "$JAVA_PATH"\`
  else
    echo "Neither the JAVA_HOME nor the JRE_HOME environment variable is defined"
    echo "At least one of these environment variable is needed to run this program"
    exit 1
  fi
fi
[ -z "$JRE_HOME" ] && JRE_HOME="$JAVA_HOME"
CLASSPATH="$CATALINA_HOME"/bin/bootstrap.jar:"$CATALINA_BASE"/bin/tomcat-juli.jar

if [ -t 0 ]; then
  echo "Using CATALINA_BASE:   $CATALINA_BASE"
  echo "Using CATALINA_HOME:   $CATALINA_HOME"
  echo "Using CATALINA_TMPDIR: $CATALINA_TMPDIR"
  echo "Using JRE_HOME:        $JRE_HOME"
  echo "Using CLASSPATH:       $CLASSPATH"
fi

case "$1" in
  run)
    exec "$JRE_HOME"/bin/java \\
      -Djava.util.logging.config.file="$CATALINA_BASE"/conf/logging.properties \\
      -Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager $JAVA_OPTS \\
      -Djdk.tls.ephemeralDHKeySize=2048 -Djava.protocol.handler.pkgs=org.apache.catalina.webresources \\
      -Dorg.apache.catalina.security.SecurityListener.UMASK=0027 $CATALINA_OPTS -Dignore.endorsed.dirs= \\
      -classpath "$CLASSPATH" -Dcatalina.base="$CATALINA_BASE" -Dcatalina.home="$CATALINA_HOME" \\
      -Djava.io.tmpdir="$CATALINA_TMPDIR" org.apache.catalina.startup.Bootstrap start
    ;;
  *)
    echo "Usage: catalina.sh ( commands ... )"
    echo "commands:"
    echo "  run               Start Catalina in the current window"
    exit 1
    ;;
esac
`

const serverXml = `<?xml version="1.0" encoding="UTF-8"?>
<Server port="8005" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1"
               connectionTimeout="20000"
               redirectPort="8443" />
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true">
      </Host>
    </Engine>
  </Service>
</Server>
`

const welcome = (version: string): string => `<!DOCTYPE html>
<html lang="en">
    <head>
        <meta charset="UTF-8" />
        <title>Apache Tomcat/${version}</title>
    </head>
    <body>
        <h1>Apache Tomcat/${version}</h1>
        <h2>If you're seeing this, you've successfully installed Tomcat. Congratulations!</h2>
    </body>
</html>
`

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`

/** The files of a distribution by their paths in it, and which of them may be executed. */
const filesOf = (version: string): Readonly<Record<string, string>> => ({
  LICENSE: 'Apache License, Version 2.0\n',
  'RELEASE-NOTES': `                     Apache Tomcat Version ${version}\n`,
  'bin/catalina.sh': catalina,
  'conf/server.xml': serverXml,
  'conf/logging.properties': 'handlers = java.util.logging.ConsoleHandler\n',
  'lib/catalina.jar': `${version}\n`,
  'webapps/ROOT/index.jsp': welcome(version),
  'webapps/docs/index.html': page('Documentation'),
  'webapps/examples/index.html': page('Apache Tomcat Examples'),
  'webapps/host-manager/index.jsp': page('Tomcat Host Manager'),
  'webapps/manager/index.jsp': page('Tomcat Manager'),
})

const emptyDirectories = ['logs', 'temp', 'work']

/** `apache-tomcat-VERSION.tar.gz`. */
export function tomcatArchive(version: string): Bytes {
  const root = `apache-tomcat-${version}`
  const entries = Object.entries(filesOf(version)).map(
    ([path, text]): TarEntry => ({
      ...blankEntry,
      path: `${root}/${path}`,
      kind: 'file',
      mode: path.endsWith('.sh') ? 0o750 : 0o640,
      content: encode(text),
    }),
  )
  const directories = emptyDirectories.map(
    (name): TarEntry => ({ ...blankEntry, path: `${root}/${name}`, kind: 'directory', mode: 0o750 }),
  )
  return gzip(writeTar([...entries, ...directories], 20))
}

/** The version of a mirror's path to an archive; undefined if there is none. */
export const tomcatVersionIn = (path: string): string | undefined =>
  /^\/dist\/tomcat\/tomcat-(\d+)\/v(\1\.\d+\.\d+)\/bin\/apache-tomcat-\2\.tar\.gz$/.exec(path)?.[2]

const home = '/usr/local/tomcat'
const imageVersion = '9.0.111'

// The official image has its web applications put aside: it answers with 404 until one is deployed.
const imageFiles = (): Tree =>
  tree({
    ...Object.fromEntries(
      Object.entries(filesOf(imageVersion)).map(([path, text]) => [
        `${home}/${path.replace('webapps/', 'webapps.dist/')}`,
        path.endsWith('.sh') ? script(text) : text,
      ]),
    ),
    ...Object.fromEntries([...emptyDirectories, 'webapps'].map((name) => [`${home}/${name}`, directory()])),
    '/opt/java/openjdk/bin/java': executable('java', 12_000),
  })

const path = `PATH=${home}/bin:/opt/java/openjdk/bin:${usualPath.slice('PATH='.length)}`

export const tomcat = declareImage({
  name: 'library/tomcat:9.0',
  alsoNamed: ['library/tomcat:9', `library/tomcat:${imageVersion}`, 'library/tomcat:latest'],
  created: [2025, 10, 28],
  steps: [
    debianSlimLayer,
    'ENV JAVA_HOME=/opt/java/openjdk',
    `ENV CATALINA_HOME=${home}`,
    `WORKDIR ${home}`,
    `ENV TOMCAT_VERSION=${imageVersion}`,
    {
      by: 'COPY /usr/local/tomcat /usr/local/tomcat # buildkit',
      files: imageFiles(),
      megabytes: 390,
      download: 178,
    },
    'EXPOSE map[8080/tcp:{}]',
    'CMD ["catalina.sh" "run"]',
  ],
  config: {
    cmd: ['catalina.sh', 'run'],
    entrypoint: undefined,
    env: [path, 'JAVA_HOME=/opt/java/openjdk', `CATALINA_HOME=${home}`, `TOMCAT_VERSION=${imageVersion}`],
    exposedPorts: ['8080/tcp'],
    workingDir: home,
  },
})
