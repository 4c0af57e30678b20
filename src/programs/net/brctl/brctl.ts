// `brctl` of bridge-utils 1.7.1 and of BusyBox 1.37.
export {}
