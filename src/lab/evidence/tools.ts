// Lines that the network tools of today's images write otherwise than those of the years of the texts.

import type { LineRule } from './rule.ts'

export const toolRules: readonly LineRule[] = [
  {
    cmd: /\bip\b.*\b(?:a|addr|address)\b/,
    line: /^(\s*inet6 ::1\/128 scope host)\s*$/,
    real: '$1 proto kernel_lo',
    says: 'iproute2 since 6.3 names the protocol of an address that the kernel gave: "proto kernel_lo"',
    evidence: 'recording 28/tools-ip-2',
  },
  {
    cmd: /\bip\b.*\b(?:a|addr|address)\b/,
    line: /^(\s*inet6 fe80:\S+ scope link)\s*$/,
    real: '$1 proto kernel_ll',
    says: 'iproute2 since 6.3 names the protocol of an address that the kernel gave: "proto kernel_ll"',
    evidence: 'iproute2 6.15 on Debian 13; IFAPROT_KERNEL_LL in Linux, include/uapi/linux/if_addr.h',
  },
  {
    cmd: /\bping\b/,
    line: /^ping: unknown host (\S+)$/,
    real: 'ping: $1: Name or service not known',
    says: 'iputils since 20150815 says "ping: NAME: Name or service not known" of a name that does not exist',
    evidence: 'recordings 28/tools-ping-1 and 20.10/tools-ping-1',
  },
]
