// What curl's line asks for.

import type { Bytes } from '../../../base/bytes.ts'

export interface CurlSettings {
  silent: boolean
  showError: boolean
  fail: 'no' | 'early' | 'with-body'
  head: boolean
  showHeaders: boolean
  verbose: boolean
  follow: boolean
  method: string | undefined
  data: Bytes | undefined
  json: boolean
  get: boolean
  upload: string | undefined
  readonly headers: string[]
  /** Seconds. */
  maxTime: number | undefined
  connectTimeout: number | undefined
  writeOut: string | undefined
  family: 4 | 6 | undefined
  /** `host:port` → addresses. */
  readonly resolve: Map<string, string>
  readonly resolveLines: string[]
  user: string | undefined
  agent: string | undefined
  referer: string | undefined
  cookie: string | undefined
  range: string | undefined
  compressed: boolean
  http10: boolean
  device: string | undefined
  proxy: string | undefined
  noProxy: string
  retries: number
  retryDelay: number | undefined
  retryConnRefused: boolean
  retryAllErrors: boolean
  maxRedirects: number
  meter: boolean
  bar: boolean
  dumpHeader: string | undefined
  outputDirectory: string
  createDirectories: boolean
  readonly urls: string[]
  /** In the order of -o and -O; `undefined` is -O. */
  readonly outputs: (string | undefined)[]
}

/** Before anything was asked. */
export const initialSettings = (): CurlSettings => ({
  silent: false,
  showError: false,
  fail: 'no',
  head: false,
  showHeaders: false,
  verbose: false,
  follow: false,
  method: undefined,
  data: undefined,
  json: false,
  get: false,
  upload: undefined,
  headers: [],
  maxTime: undefined,
  connectTimeout: undefined,
  writeOut: undefined,
  family: undefined,
  resolve: new Map(),
  resolveLines: [],
  user: undefined,
  agent: undefined,
  referer: undefined,
  cookie: undefined,
  range: undefined,
  compressed: false,
  http10: false,
  device: undefined,
  proxy: undefined,
  noProxy: '',
  retries: 0,
  retryDelay: undefined,
  retryConnRefused: false,
  retryAllErrors: false,
  maxRedirects: 50,
  meter: true,
  bar: false,
  dumpHeader: undefined,
  outputDirectory: '',
  createDirectories: false,
  urls: [],
  outputs: [],
})
