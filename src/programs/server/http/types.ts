// Media types by file name ending, as the servers' mime.types have them.

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  shtml: 'text/html',
  css: 'text/css',
  xml: 'text/xml',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'application/javascript',
  txt: 'text/plain',
  png: 'image/png',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
  json: 'application/json',
  pdf: 'application/pdf',
  zip: 'application/zip',
  wasm: 'application/wasm',
}

/** The type of a file, undefined if its ending says nothing. */
export const typeOf = (path: string): string | undefined =>
  types[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '']
