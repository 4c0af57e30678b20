// COPY and ADD: files of the context, of another image or of a server go into the next image
// (moby builder/dockerfile/copy.go).

import type { Task } from '../../../base/scheduler.ts'
import type { Caller } from '../../../kernel/fs/filesystem.ts'
import { treeOf } from '../../container/files.ts'
import type { ImageConfig } from '../../image/image.ts'
import { closeTree, copyFound, openTree, ownerOf } from '../copy.ts'
import { type Found, findSources, printOf } from '../copy-source.ts'
import type { CopyInstruction } from '../dockerfile/instruction.ts'
import { download, isUrl } from '../download.ts'
import { nothing } from '../files.ts'
import { commit, type StageState, shellOf } from '../stage.ts'
import type { Builder } from './build.ts'
import { imageFrom } from './from.ts'
import { fromCache, onlyBuildKit } from './instruction.ts'

/** Throws Error with the reason. */
export function* copyInto(builder: Builder, state: StageState, { kind, copy }: CopyInstruction): Task<void> {
  const special = copy.flags.find((flag) => flag !== 'from' && flag !== 'chown')
  if (special !== undefined) throw new Error(onlyBuildKit(special))
  const { engine } = builder
  const source = copy.from === '' ? undefined : yield* imageFrom(builder, copy.from)
  const from = copy.from === '' ? builder.context : openTree(engine, source ? treeOf(source) : nothing)
  const found = yield* allSources(builder, kind, copy.sources, from, copy.from === '')
  if (found.length > 1 && !copy.target.endsWith('/'))
    throw new Error(
      `When using ${kind} with more than one source file, the destination must be a directory and end with a /`,
    )
  const chown = copy.chown === '' ? '' : `--chown=${copy.chown} `
  const comment = `#(nop) ${kind} ${chown}${printOf(found)} in ${copy.target} `
  const config: ImageConfig = { ...state.config, cmd: [...shellOf(state), comment] }
  if (fromCache(builder, state, config)) return
  const files = openTree(engine, state.image ? treeOf(state.image) : nothing)
  const owner = failing('unable to convert uid/gid chown string to host mapping: ', () =>
    ownerOf(files, copy.chown),
  )
  const task = { target: copy.target, directory: state.config.workingDir, owner, unpacks: kind === 'ADD' }
  for (const each of found) failing('failed to copy files: ', () => copyFound(files, each, task))
  commit(engine, state, { containerConfig: config, container: '', files: closeTree(files) })
}

/** What goes wrong is told with `prefix` before it. */
function failing<Result>(prefix: string, action: () => Result): Result {
  try {
    return action()
  } catch (cause) {
    if (cause instanceof Error) throw new Error(prefix + cause.message)
    throw cause
  }
}

function* allSources(
  builder: Builder,
  kind: 'ADD' | 'COPY',
  names: readonly string[],
  from: Caller,
  ofContext: boolean,
): Task<Found[]> {
  const found: Found[] = []
  const prefix = `${kind} failed: `
  for (const name of names) {
    if (!isUrl(name)) found.push(...failing(prefix, () => findSources(from, name, ofContext)))
    else if (kind === 'COPY') throw new Error(`${prefix}source can't be a URL for COPY`)
    else found.push(yield* download(builder.engine, name))
  }
  if (found.length === 0) throw new Error(`${prefix}no source files were specified`)
  return found
}
