// Package mirrors: the indexes and packages of the distributions that images are made of. A package is a page whose
// body lists the files that it brings.

import { suiteOf } from '../../images/archives.ts'
import { type Package, packagesOf } from '../../images/packages.ts'
import { centos7Packages, provided, type RedhatPackage } from '../../images/packages-redhat.ts'
import { tomcatArchive, tomcatVersionIn } from '../../images/tomcat.ts'
import type { Page } from './web.ts'

export const mirrors: readonly string[] = [
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'deb.debian.org',
  'dl-cdn.alpinelinux.org',
  'mirrorlist.centos.org',
  'mirror.centos.org',
  'archive.apache.org',
]

/**
 * `…/dists/SUITE/InRelease`: sizes of the suite's indexes; `…/Packages`: control paragraphs; `…_amd64.deb` and `….apk`:
 * a package. Undefined where a mirror has nothing.
 */
export function mirrorPage(mirror: string, path: string): Page | undefined {
  if (mirror === 'dl-cdn.alpinelinux.org') return alpinePage(path)
  if (mirror === 'archive.apache.org') return apachePage(path)
  if (mirror.endsWith('.centos.org')) return centosPage(mirror, path)
  const [, suite = '', rest = ''] = /\/dists\/([^/]+)\/(.+)$/.exec(path) ?? []
  if (rest === 'InRelease') return releasePage(suite)
  const [, component] = /^([^/]+)\/binary-amd64\/Packages$/.exec(rest) ?? []
  if (component !== undefined) return page(component === 'main' ? paragraphs(packagesOf(suite), suite) : '')
  const [, codename = '', name = ''] = /\/pool\/([^/]+)\/.*\/([^/_]+)_[^/]*\.deb$/.exec(path) ?? []
  const wanted = packagesOf(codename).find((candidate) => candidate.name === name)
  return wanted && page(filesOf(wanted))
}

function releasePage(codename: string): Page | undefined {
  const suite = suiteOf(codename)
  if (!suite) return undefined
  const lines = Object.entries(suite.components).map(([name, kilobytes]) => ` ${name} ${kilobytes * 1000}`)
  return page(`Suite: ${codename}\nSize: ${suite.release * 1000}\nIndexes:\n${lines.join('\n')}\n`)
}

function alpinePage(path: string): Page | undefined {
  const [, file] = /\/alpine\/[^/]+\/main\/x86_64\/([^/]+)$/.exec(path) ?? []
  if (file === 'APKINDEX.tar.gz') return page(paragraphs(packagesOf('alpine')))
  if (path.endsWith('/APKINDEX.tar.gz')) return page('')
  const wanted = packagesOf('alpine').find(({ name, version }) => `${name}-${version}.apk` === file)
  return wanted && page(filesOf(wanted))
}

function apachePage(path: string): Page | undefined {
  const version = tomcatVersionIn(path)
  if (version === undefined) return undefined
  return { status: 200, type: 'application/x-gzip', body: '', bytes: tomcatArchive(version) }
}

/** A list of mirrors: this one; its repositories `os`, `updates` and `extras`, with their packages. */
function centosPage(mirror: string, path: string): Page | undefined {
  if (mirror.startsWith('mirrorlist')) {
    const repository = /[?&]repo=(\w+)/.exec(path)?.[1]
    return repository === undefined
      ? undefined
      : page(`http://mirror.centos.org/centos/7/${repository}/x86_64/\n`)
  }
  const [, directory = '', file = ''] = /^\/centos\/7\/(os|updates|extras)\/x86_64\/(.+)$/.exec(path) ?? []
  const there = centos7Packages.filter(
    ({ repository }) => repository === (directory === 'os' ? 'base' : directory),
  )
  if (file === 'repodata/primary') return page(there.map(rpmParagraph).join('\n'))
  const wanted = there.find(({ name }) => file === `Packages/${name}.rpm`)
  return wanted && page(filesOf(wanted))
}

const rpmParagraph = ({ name, version, arch, size, installedSize, depends }: RedhatPackage): string => {
  const others = Object.keys(provided).filter((other) => provided[other] === name)
  return [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${arch}`,
    `Installed-Size: ${installedSize / 1024}`,
    `Size: ${size}`,
    ...(depends.length > 0 ? [`Depends: ${depends.join(', ')}`] : []),
    ...(others.length > 0 ? [`Provides: ${others.join(', ')}`] : []),
    '',
  ].join('\n')
}

/** Control paragraphs as Debian's Packages files have them (deb-control(5)). */
const paragraphs = (packages: readonly Package[], codename?: string): string =>
  packages
    .map(({ name, version, size, installedSize, depends, description }) =>
      [
        `Package: ${name}`,
        `Version: ${version}`,
        `Installed-Size: ${installedSize / 1024}`,
        ...(depends.length > 0 ? [`Depends: ${depends.join(', ')}`] : []),
        ...(codename ? [`Filename: ${poolPath(codename, name, version)}`] : []),
        `Size: ${size}`,
        `Description: ${description}`,
        '',
      ].join('\n'),
    )
    .join('\n')

const poolPath = (codename: string, name: string, version: string): string =>
  `pool/${codename}/main/${name.slice(0, 1)}/${name}/${name}_${version.replace(/^\d+:/, '')}_amd64.deb`

/** One line for each executable: its path, and the program that it runs. */
const filesOf = ({ executables }: Package): string =>
  Object.entries(executables)
    .map(([path, program]) => `${path} ${program}\n`)
    .join('')

const page = (body: string): Page => ({ status: 200, type: 'text/plain', body })
