/** What is done for each entry of a list. */
export const MACROS = {
  all: {
    usage: 'list.all(entry, condition)',
    example: 'entry > 0',
    description: 'Whether the condition holds for every entry.',
  },
  exists: {
    usage: 'list.exists(entry, condition)',
    example: 'entry > 0',
    description: 'Whether the condition holds for some entry.',
  },
  exists_one: {
    usage: 'list.exists_one(entry, condition)',
    example: 'entry > 0',
    description: 'Whether the condition holds for exactly one entry.',
  },
  filter: {
    usage: 'list.filter(entry, condition)',
    example: 'entry > 0',
    description: 'The entries for which the condition holds.',
  },
  map: {
    usage: 'list.map(entry, value)',
    example: 'entry + 1',
    description:
      'The value for each entry. With a condition in between, list.map(entry, condition, value), only of those for which it holds.',
  },
} as const;

/** The name of one of them. */
export type MacroName = keyof typeof MACROS;

/** Whether a method is done for each entry. */
export function isMacro(name: string): name is MacroName {
  return Object.hasOwn(MACROS, name);
}
