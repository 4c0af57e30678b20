// A mounted tree of files, as processes see it.
export interface FileSystem {
  readonly placeholder?: never
}
