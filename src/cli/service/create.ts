// `docker service create`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import {
  bool,
  bytes,
  decimal,
  duration,
  float,
  int,
  list,
  mount,
  network,
  refused,
  string,
  uint,
  ulimit,
} from '../flags/flag.ts'

export const create = command({
  use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new service',
  class: refused(),
  args: atLeast(1),
  interspersed: false,
  flags: {
    'cap-add': list('Add Linux capabilities'),
    'cap-drop': list('Drop Linux capabilities'),
    config: list('Specify configurations to expose to the service', { word: 'config' }),
    constraint: list('Placement constraints'),
    'container-label': list('Container labels'),
    'credential-spec': list('Credential spec for managed service account (Windows only)', {
      word: 'credential-spec',
    }),
    detach: bool('Exit immediately instead of waiting for the service to converge', { short: 'd' }),
    dns: list('Set custom DNS servers', { check: checks.ipAddress }),
    'dns-option': list('Set DNS options'),
    'dns-search': list('Set custom DNS search domains', { check: checks.searchDomain }),
    'endpoint-mode': string('Endpoint mode (vip or dnsrr)', { otherwise: 'vip' }),
    entrypoint: list('Overwrite the default ENTRYPOINT of the image', { word: 'command' }),
    env: list('Set environment variables', { short: 'e', check: checks.environmentVariable }),
    'env-file': list('Read in a file of environment variables'),
    'generic-resource': list('User defined resources'),
    group: list('Set one or more supplementary user groups for the container'),
    'health-cmd': string('Command to run to check health'),
    'health-interval': duration('Time between running the check (ms|s|m|h)'),
    'health-retries': int('Consecutive failures needed to report unhealthy'),
    'health-start-interval': duration('Time between running the check during the start period (ms|s|m|h)', {
      since: '28',
    }),
    'health-start-period': duration(
      'Start period for the container to initialize before counting retries towards unstable (ms|s|m|h)',
    ),
    'health-timeout': duration('Maximum time to allow one check to run (ms|s|m|h)'),
    host: list('Set one or more custom host-to-IP mappings (host:ip)'),
    hostname: string('Container hostname'),
    init: bool('Use an init inside each service container to forward signals and reap processes'),
    isolation: string('Service container isolation mode'),
    label: list('Service labels', { short: 'l', check: checks.label }),
    'limit-cpu': decimal('Limit CPUs'),
    'limit-memory': bytes('Limit Memory'),
    'limit-pids': int('Limit maximum number of processes (default 0 = unlimited)'),
    'log-driver': string('Logging driver for service'),
    'log-opt': list('Logging driver options'),
    'max-concurrent': uint('Number of job tasks to run concurrently', { shown: 'equal to --replicas' }),
    mode: string(
      {
        '19.03': 'Service mode (replicated, global, replicated-job, or global-job)',
        '28': 'Service mode ("replicated", "global", "replicated-job", "global-job")',
      },
      { otherwise: 'replicated' },
    ),
    mount: mount('Attach a filesystem mount to the service'),
    name: string('Service name'),
    network: network('Network attachments'),
    'no-healthcheck': bool('Disable any container-specified HEALTHCHECK'),
    'no-resolve-image': bool('Do not query the registry to resolve image digest and supported platforms'),
    'oom-score-adj': int("Tune host's OOM preferences (-1000 to 1000) ", { since: '28' }),
    'placement-pref': list('Add a placement preference', { word: 'pref' }),
    publish: list('Publish a port as a node port', { short: 'p', word: 'port' }),
    quiet: bool('Suppress progress output', { short: 'q' }),
    'read-only': bool("Mount the container's root filesystem as read only"),
    replicas: uint('Number of tasks'),
    'replicas-max-per-node': uint('Maximum number of tasks per node', { shown: '0 = unlimited' }),
    'reserve-cpu': decimal('Reserve CPUs'),
    'reserve-memory': bytes('Reserve Memory'),
    'restart-condition': string(
      {
        '19.03': 'Restart when condition is met ("none"|"on-failure"|"any")',
        '28': 'Restart when condition is met ("none", "on-failure", "any")',
      },
      { otherwise: 'any' },
    ),
    'restart-delay': duration('Delay between restart attempts (ns|us|ms|s|m|h)', { otherwise: 5e9 }),
    'restart-max-attempts': uint('Maximum number of restarts before giving up'),
    'restart-window': duration('Window used to evaluate the restart policy (ns|us|ms|s|m|h)'),
    'rollback-delay': duration('Delay between task rollbacks (ns|us|ms|s|m|h)', { shown: '0s' }),
    'rollback-failure-action': string(
      {
        '19.03': 'Action on rollback failure ("pause"|"continue")',
        '28': 'Action on rollback failure ("pause", "continue")',
      },
      { otherwise: 'pause' },
    ),
    'rollback-max-failure-ratio': float('Failure rate to tolerate during a rollback', { shown: '0' }),
    'rollback-monitor': duration(
      'Duration after each task rollback to monitor for failure (ns|us|ms|s|m|h)',
      { otherwise: 5e9 },
    ),
    'rollback-order': string(
      {
        '19.03': 'Rollback order ("start-first"|"stop-first")',
        '28': 'Rollback order ("start-first", "stop-first")',
      },
      { otherwise: 'stop-first' },
    ),
    'rollback-parallelism': uint(
      'Maximum number of tasks rolled back simultaneously (0 to roll back all at once)',
      { shown: '1' },
    ),
    secret: list('Specify secrets to expose to the service', { word: 'secret' }),
    'stop-grace-period': duration('Time to wait before force killing a container (ns|us|ms|s|m|h)', {
      otherwise: 10e9,
    }),
    'stop-signal': string('Signal to stop the container'),
    sysctl: list('Sysctl options', { check: checks.sysctl }),
    tty: bool('Allocate a pseudo-TTY', { short: 't' }),
    ulimit: ulimit('Ulimit options'),
    'update-delay': duration('Delay between updates (ns|us|ms|s|m|h)', { shown: '0s' }),
    'update-failure-action': string(
      {
        '19.03': 'Action on update failure ("pause"|"continue"|"rollback")',
        '28': 'Action on update failure ("pause", "continue", "rollback")',
      },
      { otherwise: 'pause' },
    ),
    'update-max-failure-ratio': float('Failure rate to tolerate during an update', { shown: '0' }),
    'update-monitor': duration('Duration after each task update to monitor for failure (ns|us|ms|s|m|h)', {
      otherwise: 5e9,
    }),
    'update-order': string(
      {
        '19.03': 'Update order ("start-first"|"stop-first")',
        '28': 'Update order ("start-first", "stop-first")',
      },
      { otherwise: 'stop-first' },
    ),
    'update-parallelism': uint('Maximum number of tasks updated simultaneously (0 to update all at once)', {
      shown: '1',
    }),
    user: string('Username or UID (format: <name|uid>[:<group|gid>])', { short: 'u' }),
    'with-registry-auth': bool('Send registry authentication details to swarm agents'),
    workdir: string('Working directory inside the container', { short: 'w' }),
  },
})
