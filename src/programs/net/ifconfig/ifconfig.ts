// `ifconfig` of net-tools 2.10.
export {}
