// nginx's own pages (ngx_http_special_response.c): lines end with CR LF.

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Timeout',
  410: 'Gone',
  413: 'Request Entity Too Large',
  418: '',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

const titles: Readonly<Record<number, string>> = {
  302: '302 Found',
  408: '408 Request Time-out',
}

/** `404 Not Found`, as in the status line. */
export const reasonOf = (status: number): string => `${status} ${reasons[status] ?? ''}`.trimEnd()

export function errorPage(status: number, server: string): string {
  const title = titles[status] ?? reasonOf(status)
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${server}</center>`,
    '</body>',
    '</html>',
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}
