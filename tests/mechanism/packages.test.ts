// Packages come over the simulated network. Lines as apt 2.6 and apt 3.0 were recorded.

import { expect, test } from 'vitest'
import { playground } from '../play.ts'

test('apt-get fetches indexes and packages, and what was not there is there', () => {
  const { run } = playground()
  run('docker run -d --name box --entrypoint sleep debian:bookworm 9999')
  expect(run('docker exec box apt-get install -y bridge-utils')).toEqual({
    out: 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n',
    err: 'E: Unable to locate package bridge-utils\n',
    rc: 100,
  })
  expect(run('docker exec box apt-get update').out).toMatch(
    /^Get:1 http:\/\/deb\.debian\.org\/debian bookworm InRelease \[151 kB\]\n[\s\S]*\nFetched .* in \d+s \(.*B\/s\)\nReading package lists\.\.\.\n$/,
  )
  const { out, rc } = run('docker exec box apt-get install -y bridge-utils')
  expect(rc).toBe(0)
  expect(
    out.replace(/\(Reading database .*?\r.*\r/, ''),
  ).toContain(`The following NEW packages will be installed:
  bridge-utils
0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.
Need to get 34.5 kB of archives.
`)
  expect(out).toContain(`Unpacking bridge-utils (1.7.1-1) ...\nSetting up bridge-utils (1.7.1-1) ...\n`)
  expect(run('docker exec box sh -c "command -v brctl"').out).toBe('/usr/sbin/brctl\n')
  expect(run('docker exec box apt-get install -y bridge-utils').out).toContain(
    'bridge-utils is already the newest version (1.7.1-1).\n0 upgraded, 0 newly installed,',
  )
  expect(run('docker exec box apt-get remove -y bridge-utils').out).toContain(
    'Removing bridge-utils (1.7.1-1) ...\n',
  )
  expect(run('docker exec box sh -c "command -v brctl"').rc).toBe(127)
})

test('a name that does not exist, and a resolver that does not answer', () => {
  const { run } = playground({ outside: { internet: false } })
  const { out, err, rc } = run('docker run --rm debian apt-get update')
  expect(rc).toBe(0)
  expect(out).toContain(
    `Err:1 http://deb.debian.org/debian trixie InRelease\n  Could not resolve 'deb.debian.org'\n`,
  )
  expect(err).toContain(
    `W: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  Could not resolve 'deb.debian.org'\n`,
  )
  expect(run('docker run --rm --network none debian apt-get update').out).toContain(
    `  Temporary failure resolving 'deb.debian.org'\n`,
  )
})

test('only root installs', () => {
  const { run } = playground()
  expect(run('docker run --rm -u nobody debian apt-get install curl')).toEqual({
    out: '',
    err: 'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
    rc: 100,
  })
})

test('apk adds a package with what it needs, and takes both away', () => {
  const { run } = playground()
  run('docker run -d --name box alpine sleep 9999')
  const { out } = run('docker exec box apk add curl')
  expect(out).toContain('fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/main/x86_64/APKINDEX.tar.gz\n')
  expect(out).toContain('Installing curl (8.14.1-r2)\n')
  expect(run('docker exec box curl -s -o /dev/null -w "%{http_code}" example.com').out).toBe('200')
  expect(run('docker exec box apk del curl').out).toContain('Purging libcurl (8.14.1-r2)\n')
  expect(run('docker exec box curl example.com').rc).not.toBe(0)
})

test('yum brings a package and what it needs from a mirror that its list names', () => {
  const { run } = playground()
  run('docker run -d --name box centos:7 sleep 9999')
  const { out, err, rc } = run('docker exec box yum install -y java')
  expect(rc).toBe(0)
  expect(out).toContain(
    'Loaded plugins: fastestmirror, ovl\nDetermining fastest mirrors\n * base: mirror.centos.org\n * extras: mirror.centos.org\n * updates: mirror.centos.org\nResolving Dependencies\n--> Running transaction check\n---> Package java-1.8.0-openjdk.x86_64 1:1.8.0.412.b08-1.el7_9 will be installed\n',
  )
  expect(out).toContain('\nTransaction Summary\n')
  expect(out).toContain('\nInstall  1 Package (+13 Dependent packages)\n')
  expect(out).toMatch(/\nComplete!\n$/)
  expect(err).toContain('Header V3 RSA/SHA256 Signature, key ID f4a80eb5: NOKEY\n')
  expect(run('docker exec box java -version').err).toContain('openjdk version "1.8.0_412"\n')
  expect(run('docker exec box yum install java').out).toContain(
    'already installed and latest version\nNothing to do\n',
  )
  expect(run('docker exec box yum -y install nosuch')).toMatchObject({ err: 'Error: Nothing to do\n', rc: 1 })
})

// The table as yum of CentOS 7 prints it (logs of builds in public issues).
test("yum's table shares what is left of 80 columns", () => {
  const { run } = playground()
  expect(run('docker run --rm centos:7 yum install -y wget').out).toContain(
    ' Package        Arch             Version                   Repository      Size\n',
  )
})

test('yum without a network, and without its mirrors', () => {
  const { run } = playground()
  const { err, rc } = run('docker run --rm --network none centos:7 yum install -y wget')
  expect(rc).toBe(1)
  expect(err).toContain('14: curl#6 - "Could not resolve host: mirrorlist.centos.org; Unknown error"\n')
  expect(err).toContain('Cannot find a valid baseurl for repo: base/7/x86_64\n')
})
