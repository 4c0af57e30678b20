// `ifconfig` of BusyBox 1.37.
export {}
