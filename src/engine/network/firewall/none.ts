// A daemon that is told to leave the firewall alone (`iptables: false`): it makes no rules at all.

import type { Firewall } from './firewall.ts'

export const noFirewall: Firewall = Object.freeze({
  begin() {},
  addNetwork() {},
  removeNetwork() {},
  addEndpoint() {},
  removeEndpoint() {},
  addMapping() {},
  removeMapping() {},
})
