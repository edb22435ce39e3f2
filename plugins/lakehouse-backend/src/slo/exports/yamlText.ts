import { stringify } from 'yaml';

/** YAML that starts with notes as comments. Texts are quoted so that readers of YAML 1.1, as Go's, take them for texts too. */
export function yamlText(value: unknown, notes: readonly string[]): string {
  const comments = notes.map(note => `# ${note.replace(/\s+/g, ' ')}\n`);
  return `${comments.join('')}${stringify(value, {
    aliasDuplicateObjects: false,
    lineWidth: 0,
    version: '1.1',
  })}`;
}
