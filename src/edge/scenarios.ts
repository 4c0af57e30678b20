// The scenarios that come with docksim: Markdown files in folders by course.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', 'scenarios')

export interface ShippedScenario {
  /** `networking/ports` */
  readonly name: string
  readonly path: string
}

export function shippedScenarios(): ShippedScenario[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: course }) =>
      readdirSync(join(root, course))
        .filter((file) => file.endsWith('.md'))
        .map((file) => ({ name: `${course}/${file.slice(0, -3)}`, path: join(root, course, file) })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
