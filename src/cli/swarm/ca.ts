// `docker swarm ca`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, duration, list, refused } from '../flags/flag.ts'

export const ca = command({
  use: 'ca [OPTIONS]',
  short: 'Display and rotate the root CA',
  hidden: { '19.03': false, '28': true },
  class: refused(),
  args: none,
  flags: {
    'ca-cert': list('Path to the PEM-formatted root CA certificate to use for the new cluster', {
      word: 'pem-file',
    }),
    'ca-key': list('Path to the PEM-formatted root CA key to use for the new cluster', { word: 'pem-file' }),
    'cert-expiry': duration('Validity period for node certificates (ns|us|ms|s|m|h)', { shown: '2160h0m0s' }),
    detach: bool('Exit immediately instead of waiting for the root rotation to converge', { short: 'd' }),
    'external-ca': list('Specifications of one or more certificate signing endpoints', {
      word: 'external-ca',
    }),
    quiet: bool('Suppress progress output', { short: 'q' }),
    rotate: bool('Rotate the swarm CA - if no certificate or key are provided, new ones will be generated'),
  },
})
