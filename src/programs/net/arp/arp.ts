// `arp` of net-tools 2.10 and of BusyBox 1.37.
export {}
