// Prompts as texts show them: which shell, of which machine or container, a line was typed into.

/** How a prompt is written. */
export type PromptStyle = 'dollar' | 'hash' | 'at' | 'bracket' | 'path' | 'shell' | 'program'

export interface Prompt {
  /** As written, without trailing blanks: `root@0de66f1a5531:/#`. */
  readonly text: string
  readonly style: PromptStyle
  readonly user?: string
  readonly host?: string
}

interface Shape {
  readonly style: PromptStyle
  readonly shape: RegExp
}

const name = '[A-Za-z_][\\w.-]*'
const host = '[A-Za-z0-9][\\w.-]*'
const path = '[~/][^\\s#$>\\]]*'

// `[root@id /]` lacks its sign in some texts; a prompt with nothing behind it may lack its blank.
const shapes: readonly Shape[] = [
  {
    style: 'bracket',
    shape: new RegExp(`^(?<text>\\[(?<user>${name})@(?<host>${host}) [^\\]\\s]+\\] ?[#$%]?)(?: |$)`),
  },
  {
    style: 'at',
    shape: new RegExp(`^(?<text>\\(?(?<user>${name})@(?<host>${host})(?:[: ]${path})? ?[#$%])(?: |$)`),
  },
  { style: 'path', shape: new RegExp(`^(?<text>${path} [#$])(?: |$)`) },
  { style: 'shell', shape: /^(?<text>(?:ba|da|a|z)?sh(?:-\d+\.\d+)?[#$%])(?: |$)/ },
  { style: 'program', shape: /^(?<text>(?:mysql|MariaDB \[[^\]]*\]|redis|\w[\w.-]*:\d+|\w+=[#>])>?)(?<=>) / },
  { style: 'dollar', shape: /^(?<text>[$%])(?: +(?=\S)|$)/ },
]

/** The prompt with which `line` begins, and what was typed behind it; undefined if there is none. */
export function splitPrompt(line: string): { prompt: Prompt; typed: string } | undefined {
  const shown = line.trimStart()
  for (const { style, shape } of shapes) {
    const match = shape.exec(shown)
    const { text, user, host } = match?.groups ?? {}
    if (!match || text === undefined) continue
    return {
      prompt: { text: text.trimEnd(), style, ...(user && { user }), ...(host && { host }) },
      typed: shown.slice(match[0].length).trim(),
    }
  }
  return undefined
}

/** A line that begins with `# `: a comment, unless the text shows that its shell is root's. */
export function splitHash(line: string): { prompt: Prompt; typed: string } | undefined {
  const match = /^\s*# *(?=\S)/.exec(line)
  if (!match) return undefined
  return { prompt: { text: '#', style: 'hash' }, typed: line.slice(match[0].length).trim() }
}

/** The host of the prompt is a container's id, or its path is one that only a container's shell shows. */
export function isContainerPrompt({ style, host }: Prompt): boolean {
  return style === 'path' || (host !== undefined && /^[0-9a-f]{12}$/.test(host))
}

/** The author has hidden the host's name: `ip-xxx-xxx-xxx-xxx`, `***`. */
export const isMasked = ({ host }: Prompt): boolean => host !== undefined && /x{2,}|X{2,}|\*{2,}/.test(host)

/** What tells one shell's prompt from another's: who and where, not the directory. */
export function promptIdentity({ style, user, host }: Prompt): string {
  return host === undefined ? style : `${user}@${host}`
}
