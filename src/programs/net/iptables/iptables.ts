// `iptables`, `ip6tables` and their `-save`: the lines of net's command are only carried.
export {}
