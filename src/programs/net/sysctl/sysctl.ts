// `sysctl` of procps 4.0 and of BusyBox 1.37.
export {}
