// `bridge` of iproute2 6.1.
export {}
