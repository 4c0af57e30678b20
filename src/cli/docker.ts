// `docker` itself: its nouns, its own verbs, and the shortcuts to verbs under nouns.

import { any } from './arity.ts'
import { builder } from './builder/index.ts'
import { checkpoint } from './checkpoint/index.ts'
import { command, group, shortcut } from './command.ts'
import { completion } from './completion/index.ts'
import { config } from './config/index.ts'
import { attach } from './container/attach.ts'
import { commit } from './container/commit.ts'
import { cp } from './container/cp.ts'
import { create } from './container/create.ts'
import { diff } from './container/diff.ts'
import { exec } from './container/exec.ts'
import { exportCommand } from './container/export.ts'
import { container } from './container/index.ts'
import { kill } from './container/kill.ts'
import { logs } from './container/logs.ts'
import { ls as ps } from './container/ls.ts'
import { pause } from './container/pause.ts'
import { port } from './container/port.ts'
import { rename } from './container/rename.ts'
import { restart } from './container/restart.ts'
import { rm } from './container/rm.ts'
import { run } from './container/run.ts'
import { start } from './container/start.ts'
import { stats } from './container/stats.ts'
import { stop } from './container/stop.ts'
import { top } from './container/top.ts'
import { unpause } from './container/unpause.ts'
import { update } from './container/update.ts'
import { wait } from './container/wait.ts'
import { context } from './context/index.ts'
import { engine } from './engine/index.ts'
import { globalFlags } from './globals.ts'
import { build } from './image/build.ts'
import { history } from './image/history.ts'
import { importCommand } from './image/import.ts'
import { image } from './image/index.ts'
import { load } from './image/load.ts'
import { ls as images } from './image/ls.ts'
import { pull } from './image/pull.ts'
import { push } from './image/push.ts'
import { rm as rmi } from './image/rm.ts'
import { save } from './image/save.ts'
import { tag } from './image/tag.ts'
import { manifest } from './manifest/index.ts'
import { networkCommand } from './network/index.ts'
import { node } from './node/index.ts'
import { plugin } from './plugin/index.ts'
import { login } from './registry/login.ts'
import { logout } from './registry/logout.ts'
import { search } from './registry/search.ts'
import { secret } from './secret/index.ts'
import { service } from './service/index.ts'
import { stack } from './stack/index.ts'
import { swarm } from './swarm/index.ts'
import { events } from './system/events.ts'
import { system } from './system/index.ts'
import { info } from './system/info.ts'
import { inspect } from './system/inspect.ts'
import { version } from './system/version.ts'
import { trust } from './trust/index.ts'
import { volume } from './volume/index.ts'

export const helpCommand = command({
  use: 'help [command]',
  short: 'Help about the command',
  hidden: true,
  args: any,
  flags: {},
})

export const docker = group({
  use: 'docker [OPTIONS] COMMAND [ARG...]',
  short: 'A self-sufficient runtime for containers',
  flags: globalFlags,
  common: [
    'run',
    'exec',
    'ps',
    'build',
    'pull',
    'push',
    'images',
    'login',
    'logout',
    'search',
    'version',
    'info',
  ],
  commands: [
    builder,
    checkpoint,
    completion,
    config,
    container,
    context,
    engine,
    image,
    inspect,
    login,
    logout,
    manifest,
    networkCommand,
    node,
    plugin,
    search,
    secret,
    service,
    stack,
    swarm,
    system,
    trust,
    version,
    volume,
    helpCommand,
    shortcut(attach),
    shortcut(build),
    shortcut(commit),
    shortcut(cp),
    shortcut(create),
    shortcut(diff),
    shortcut(events),
    shortcut(exec),
    shortcut(exportCommand),
    shortcut(history),
    shortcut(images, 'images'),
    shortcut(importCommand),
    shortcut(info),
    shortcut(kill),
    shortcut(load),
    shortcut(logs),
    shortcut(pause),
    shortcut(port),
    shortcut(ps, 'ps'),
    shortcut(pull),
    shortcut(push),
    shortcut(rename),
    shortcut(restart),
    shortcut(rm),
    shortcut(rmi, 'rmi'),
    shortcut(run),
    shortcut(save),
    shortcut(start),
    shortcut(stats),
    shortcut(stop),
    shortcut(tag),
    shortcut(top),
    shortcut(unpause),
    shortcut(update),
    shortcut(wait),
  ],
})
