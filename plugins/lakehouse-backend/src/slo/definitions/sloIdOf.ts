/** Id of an SLO by its name and the ref of its entity: lower case, fit for a URL. */
export function sloIdOf(name: string, entityRef?: string): string {
  const of = entityRef?.replace(/[:/]/g, '.') ?? 'config';
  return `${of}.${name}`
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9._-]/g, '-');
}
