// What `--help` and `--version` of GNU tools print, for the tools that are asked most. Source: recordings of GNU coreutils
// 9.1, grep 3.8 and sed 4.9 in the C locale.

import { texts as catToLs } from './helps-cat-ls.ts'
import { texts as grepAndSed } from './helps-grep-sed.ts'
import { texts as sortToWc } from './helps-sort-wc.ts'

const helps: ReadonlyMap<string, string> = new Map([...catToLs, ...grepAndSed, ...sortToWc])

/** What the tool called `name`, by the word `called`, prints for `--help`; undefined if that is not known. */
export const gnuHelp = (name: string, called: string): string | undefined =>
  helps.get(name)?.replaceAll('\0', called)

const coreutilsAuthors: Readonly<Record<string, string>> = {
  cat: 'Written by Torbjorn Granlund and Richard M. Stallman.',
  cut: 'Written by David M. Ihnat, David MacKenzie, and Jim Meyering.',
  echo: 'Written by Brian Fox and Chet Ramey.',
  head: 'Written by David MacKenzie and Jim Meyering.',
  ls: 'Written by Richard M. Stallman and David MacKenzie.',
  sort: 'Written by Mike Haertel and Paul Eggert.',
  tail: 'Written by Paul Rubin, David MacKenzie, Ian Lance Taylor,\nand Jim Meyering.',
  tr: 'Written by Jim Meyering.',
  uniq: 'Written by Richard M. Stallman and David MacKenzie.',
  wc: 'Written by Paul Rubin and David MacKenzie.',
}

const licence = `Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.
This is free software: you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`

/** What the tool called `name`, by the word `called`, prints for `--version`; undefined if that is not known. */
export function gnuVersion(name: string, called: string): string | undefined {
  const authors = coreutilsAuthors[name]
  if (authors !== undefined) return `${name} (GNU coreutils) 9.1\n${licence}\n${authors}\n`
  return others[name]?.replaceAll('\0', called)
}

const others: Readonly<Record<string, string>> = {
  grep: `grep (GNU grep) 3.8
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.
This is free software: you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.

Written by Mike Haertel and others; see
<https://git.sv.gnu.org/cgit/grep.git/tree/AUTHORS>.
`,
  sed: `\0 (GNU sed) 4.9
Packaged by Debian
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.
This is free software: you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.

Written by Jay Fenlason, Tom Lord, Ken Pizzini,
Paolo Bonzini, Jim Meyering, and Assaf Gordon.

This sed program was built with SELinux support.
SELinux is disabled on this system.

GNU sed home page: <https://www.gnu.org/software/sed/>.
General help using GNU software: <https://www.gnu.org/gethelp/>.
E-mail bug reports to: <bug-sed@gnu.org>.
`,
}
