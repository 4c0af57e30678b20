// `iptables-restore` and `ip6tables-restore`: rule sets as iptables-save writes them, read from standard input.
export {}
