// Asking the user at a real terminal: a choice from a list.

export interface Choice {
  readonly name: string
  readonly value: string
  readonly description: string
}

/** The value of what the user chose; undefined if he left with Ctrl-C. */
export async function choose(message: string, choices: readonly Choice[]): Promise<string | undefined> {
  const { default: inquirer } = await import('inquirer')
  try {
    const { chosen } = await inquirer.prompt([
      { type: 'select', name: 'chosen', message, choices: [...choices] },
    ])
    return chosen as string
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'ExitPromptError') return undefined
    throw cause
  }
}
