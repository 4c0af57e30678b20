// The names of curl's options (`curl --help all` of 8.14.1): those that act here, and those that are refused. `s silent`
// is -s and --silent; a colon means an argument.

export interface CurlOption {
  readonly letter: string | undefined
  readonly name: string
  readonly takes: boolean
  readonly acts: boolean
}

const acting = [
  's silent|S show-error|f fail|fail-with-body|o output:|O remote-name|I head|i show-headers',
  'i include|v verbose|L location|X request:|d data:|data-ascii:|data-raw:|data-binary:',
  'data-urlencode:|json:|H header:|m max-time:|connect-timeout:|w write-out:|4 ipv4|6 ipv6',
  'resolve:|u user:|k insecure|retry:|retry-delay:|retry-connrefused',
  'retry-all-errors|A user-agent:|e referer:|b cookie:|G get|T upload-file:|D dump-header:',
  '# progress-bar|no-progress-meter|N no-buffer|g globoff|compressed|0 http1.0|http1.1|interface:',
  'max-redirs:|url:|r range:|q disable|h help|V version|x proxy:|noproxy:',
  'create-dirs|output-dir:|basic',
]

const refused = [
  'retry-max-time:|local-port:|Z parallel|R remote-time|n netrc|J remote-header-name|no-keepalive|path-as-is|fail-early',
  'abstract-unix-socket:|alt-svc:|anyauth|a append|aws-sigv4:|ca-native|cacert:|capath:|E cert:',
  'cert-status|cert-type:|ciphers:|compressed-ssh|K config:|connect-to:|C continue-at:',
  'c cookie-jar:|create-file-mode:|crlf|crlfile:|curves:|delegation:|digest|disable-eprt',
  'disable-epsv|disallow-username-in-url|dns-interface:|dns-ipv4-addr:|dns-ipv6-addr:|dns-servers:',
  'doh-cert-status|doh-insecure|doh-url:|dump-ca-embed|ech:|egd-file:|engine:|etag-compare:',
  'etag-save:|expect100-timeout:|false-start|F form:|form-escape|form-string:|ftp-account:',
  'ftp-alternative-to-user:|ftp-create-dirs|ftp-method:|ftp-pasv|P ftp-port:|ftp-pret',
  'ftp-skip-pasv-ip|ftp-ssl-ccc|ftp-ssl-ccc-mode:|ftp-ssl-control|happy-eyeballs-timeout-ms:',
  'haproxy-clientip:|haproxy-protocol|hostpubmd5:|hostpubsha256:|hsts:|http0.9|http2',
  'http2-prior-knowledge|http3|http3-only|ignore-content-length|ip-tos:|ipfs-gateway:',
  'j junk-session-cookies|keepalive-cnt:|keepalive-time:|key:|key-type:|krb:|libcurl:|limit-rate:',
  'l list-only|location-trusted|login-options:|mail-auth:|mail-from:|mail-rcpt:',
  'mail-rcpt-allowfails|M manual|max-filesize:|metalink|mptcp|negotiate|netrc-file:|netrc-optional',
  ': next|no-alpn|no-clobber|no-npn|no-sessionid|ntlm|ntlm-wb|oauth2-bearer:|parallel-immediate',
  'parallel-max:|pass:|pinnedpubkey:|post301|post302|post303|preproxy:|proto:|proto-default:',
  'proto-redir:|proxy-anyauth|proxy-basic|proxy-ca-native|proxy-cacert:|proxy-capath:|proxy-cert:',
  'proxy-cert-type:|proxy-ciphers:|proxy-crlfile:|proxy-digest|proxy-header:|proxy-http2',
  'proxy-insecure|proxy-key:|proxy-key-type:|proxy-negotiate|proxy-ntlm|proxy-pass:',
  'proxy-pinnedpubkey:|proxy-service-name:|proxy-ssl-allow-beast|proxy-ssl-auto-client-cert',
  'proxy-tls13-ciphers:|proxy-tlsauthtype:|proxy-tlspassword:|proxy-tlsuser:|proxy-tlsv1',
  'U proxy-user:|proxy1.0:|p proxytunnel|pubkey:|Q quote:|random-file:|rate:|raw|remote-name-all',
  'remove-on-error|request-target:|sasl-authzid:|sasl-ir|service-name:|sigalgs:|skip-existing',
  'socks4:|socks4a:|socks5:|socks5-basic|socks5-gssapi|socks5-gssapi-nec|socks5-gssapi-service:',
  'socks5-hostname:|Y speed-limit:|y speed-time:|ssl|ssl-allow-beast|ssl-auto-client-cert',
  'ssl-no-revoke|ssl-reqd|ssl-revoke-best-effort|ssl-sessions:|2 sslv2|3 sslv3|stderr:',
  'styled-output|suppress-connect-headers|tcp-fastopen|tcp-nodelay|t telnet-option:|tftp-blksize:',
  'tftp-no-options|z time-cond:|tls-earlydata|tls-max:|tls13-ciphers:|tlsauthtype:|tlspassword:',
  'tlsuser:|1 tlsv1|tlsv1.0|tlsv1.1|tlsv1.2|tlsv1.3|tr-encoding|trace:|trace-ascii:|trace-config:',
  'trace-ids|trace-time|unix-socket:|upload-flags:|url-query:|B use-ascii|variable:|vlan-priority:',
  'xattr',
]

const read = (lists: readonly string[], acts: boolean): CurlOption[] =>
  lists
    .flatMap((list) => list.split('|'))
    .map((entry) => {
      const [first = '', second] = entry.split(' ')
      const name = second ?? first
      return {
        letter: second === undefined ? undefined : first,
        name: name.replace(/:$/, ''),
        takes: name.endsWith(':'),
        acts,
      }
    })

export const curlOptions: readonly CurlOption[] = [...read(acting, true), ...read(refused, false)]
