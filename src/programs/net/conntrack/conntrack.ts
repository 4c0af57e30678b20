// `conntrack` of conntrack-tools 1.4.7.
export {}
