/** A name of another tool as ours: lower-case letters, digits and '-'. */
export function importedName(...parts: readonly string[]): string {
  return parts
    .join('-')
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
