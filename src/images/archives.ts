// How large the indexes of the distributions' archives are, in kilobytes: what `apt update` says it gets.

interface Suite {
  readonly release: number
  readonly components: Readonly<Record<string, number>>
}

const suites: Readonly<Record<string, Suite>> = {
  noble: { release: 256, components: { universe: 19_300, multiverse: 331, restricted: 117, main: 1808 } },
  'noble-updates': {
    release: 126,
    components: { main: 2075, universe: 1950, multiverse: 72.3, restricted: 2826 },
  },
  'noble-backports': { release: 126, components: { universe: 34.6, main: 49.4, multiverse: 0.695 } },
  'noble-security': {
    release: 126,
    components: { main: 1663, universe: 1176, multiverse: 48.4, restricted: 2645 },
  },
  jammy: { release: 270, components: { universe: 17_500, multiverse: 266, restricted: 164, main: 1792 } },
  'jammy-updates': {
    release: 128,
    components: { main: 3800, universe: 1600, multiverse: 75.8, restricted: 5900 },
  },
  'jammy-backports': { release: 127, components: { universe: 35.2, main: 83.9 } },
  'jammy-security': {
    release: 129,
    components: { main: 3500, universe: 1290, multiverse: 60.9, restricted: 5700 },
  },
  bookworm: { release: 151, components: { main: 8792 } },
  'bookworm-updates': { release: 55.4, components: { main: 6.924 } },
  'bookworm-security': { release: 48, components: { main: 283 } },
  trixie: { release: 140, components: { main: 9670 } },
  'trixie-updates': { release: 47.3, components: { main: 5.412 } },
  'trixie-security': { release: 43.4, components: { main: 68.3 } },
}

/** A suite by its codename, `noble-updates`; undefined if no mirror has it. */
export const suiteOf = (codename: string): Suite | undefined => suites[codename]
