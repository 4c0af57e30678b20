// What the kernel answers when it refuses: the name of an error number of Linux, and its words in glibc and musl.

export type ErrnoName =
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EAFNOSUPPORT'
  | 'EAGAIN'
  | 'EBADF'
  | 'EBUSY'
  | 'ECHILD'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EEXIST'
  | 'EHOSTUNREACH'
  | 'EINTR'
  | 'EINVAL'
  | 'EISDIR'
  | 'ELOOP'
  | 'EMFILE'
  | 'EMSGSIZE'
  | 'ENAMETOOLONG'
  | 'ENETDOWN'
  | 'ENETUNREACH'
  | 'ENODEV'
  | 'ENOENT'
  | 'ENOEXEC'
  | 'ENOMEM'
  | 'ENOPROTOOPT'
  | 'ENOSPC'
  | 'ENOTCONN'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'ENOTTY'
  | 'ENXIO'
  | 'EOPNOTSUPP'
  | 'EPERM'
  | 'EPIPE'
  | 'EROFS'
  | 'ESRCH'
  | 'ETIMEDOUT'
  | 'EXDEV'
  | 'EXFULL'

/** The kernel refuses; the program that called puts it into words with `strerror`. */
export class Errno extends Error {
  readonly code: ErrnoName

  constructor(code: ErrnoName, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`)
    this.code = code
  }
}

export const isErrno = (cause: unknown, ...codes: ErrnoName[]): cause is Errno =>
  cause instanceof Errno && (codes.length === 0 || codes.includes(cause.code))

/** A C library's words for an error number (strerror(3)); musl's differ where they stand below (src/errno/__strerror.h). */
export const strerror = (code: ErrnoName, libc: Libc = 'glibc'): string =>
  (libc === 'musl' ? muslWords[code] : undefined) ?? glibcWords[code]

export type Libc = 'glibc' | 'musl'

/** The error number itself, as `include/uapi/asm-generic/errno.h` has it. */
export const errnoNumber = (code: ErrnoName): number => numbers[code]

const numbers: Record<ErrnoName, number> = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  ENXIO: 6,
  ENOEXEC: 8,
  EBADF: 9,
  ECHILD: 10,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  ENOTTY: 25,
  ENOSPC: 28,
  EROFS: 30,
  EPIPE: 32,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EXFULL: 54,
  EMSGSIZE: 90,
  ENOPROTOOPT: 92,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETDOWN: 100,
  ENETUNREACH: 101,
  ECONNRESET: 104,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
}

const muslWords: { readonly [Code in ErrnoName]?: string } = {
  EADDRINUSE: 'Address in use',
  EADDRNOTAVAIL: 'Address not available',
  EBUSY: 'Resource busy',
  ECHILD: 'No child process',
  EHOSTUNREACH: 'Host is unreachable',
  ELOOP: 'Symbolic link loop',
  EMFILE: 'No file descriptors available',
  EMSGSIZE: 'Message too large',
  ENAMETOOLONG: 'Filename too long',
  ENETUNREACH: 'Network unreachable',
  ENOTCONN: 'Socket not connected',
  ENOTTY: 'Not a tty',
  EOPNOTSUPP: 'Not supported',
  ETIMEDOUT: 'Operation timed out',
  EXDEV: 'Cross-device link',
}

const glibcWords: Record<ErrnoName, string> = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  ENXIO: 'No such device or address',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENOMEM: 'Cannot allocate memory',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOTTY: 'Inappropriate ioctl for device',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  EPIPE: 'Broken pipe',
  ENAMETOOLONG: 'File name too long',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  EXFULL: 'Exchange full',
  EMSGSIZE: 'Message too long',
  ENOPROTOOPT: 'Protocol not available',
  EOPNOTSUPP: 'Operation not supported',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ECONNRESET: 'Connection reset by peer',
  ENOTCONN: 'Transport endpoint is not connected',
  ETIMEDOUT: 'Connection timed out',
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
}
