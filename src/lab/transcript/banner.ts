// Banners: comments that say on which machine or in which terminal the lines below were typed.

export interface Banner {
  readonly machine?: string
  readonly terminal?: string
}

// Words for a terminal and for a machine, as English and Japanese texts write them.
const terminalWord =
  /^(?:terminal|term|tty|console|window|tab|pane|shell|ターミナル|端末|コンソール)[\s_-]*([\w①-⑨]*)$/i
const machineWord =
  /^(?:on )?(?:(?:the )?(?:machine|server|host|vm|node|ノード|サーバー?|ホスト|マシン)[\s:_-]+)?((?:node|host|server|vm|machine|manager|worker|master|client|leader|docker)[-_]?\d*[a-z]?|ノード\d+)$/i

/** The banner that a comment's content is, or undefined. `boxed`: it stands between lines of `#`. */
export function bannerOf(content: string, boxed: boolean): Banner | undefined {
  const shown = content.replace(/^[\s#=*<[(-]+|[\s#=*>\])-]+$/g, '')
  if (terminalWord.test(shown)) return { terminal: shown.toLowerCase().replace(/[\s_-]+/g, '') }
  const machine = machineWord.exec(shown)?.[1]
  if (machine && (boxed || /\d$/.test(machine))) return { machine: machine.toLowerCase() }
  if (boxed && /^[A-Za-z][\w.-]*$/.test(shown)) return { machine: shown.toLowerCase() }
  return undefined
}

/** A line of a box around a banner: nothing but `#`, `=` or `-`. */
export const isBoxLine = (line: string): boolean => /^\s*#(?:#{2,}|\s*[=*-]{3,})\s*$/.test(line)
