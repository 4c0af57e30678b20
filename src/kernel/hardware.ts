// What each simulated machine is made of: read by /proc, `free`, `nproc` and `df`. It has no influence on anything.

export const hardware = {
  cpus: 2,
  model: 'Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz',
  megahertz: '2500.000',
  /** All in KiB. */
  memory: { total: 4026456, free: 2874120, available: 3492064, buffers: 21536, cached: 803348, shared: 1048 },
  /** Of each process; in KiB too. */
  process: { virtual: 2468, resident: 1024, shared: 896 },
  swap: 0,
  disk: { total: 40470732, used: 6894236, available: 33560112 },
} as const
