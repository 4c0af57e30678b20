// The names of capabilities that `--cap-add` and `--cap-drop` may give (capabilities(7); moby oci/caps/utils.go).

import { EngineError } from '../error.ts'

const names = new Set(
  `AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER
  FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE
  NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE
  SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM`.split(/\s+/),
)

/** Throws EngineError for a name that is none. */
export function refuseCapabilities(what: 'CapAdd' | 'CapDrop', given: readonly string[]): void {
  for (const name of given) {
    const plain = name.toUpperCase().replace(/^CAP_/, '')
    if (plain !== 'ALL' && !names.has(plain))
      throw new EngineError('invalid', `invalid ${what}: unknown capability: "CAP_${plain}"`)
  }
}
