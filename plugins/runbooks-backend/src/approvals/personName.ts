/** "olivia" for `user:default/olivia`, "group data" for `group:default/data`. */
export function personName(entityRef: string): string {
  const [, kind, name] =
    /^(user|group):(?:default\/)?(.+)$/i.exec(entityRef) ?? [];
  if (!kind) return entityRef;
  return kind.toLocaleLowerCase('en') === 'group' ? `group ${name}` : name;
}

/** "group data, olivia"; what is told where nobody is named. */
export function personNames(
  entityRefs: readonly string[],
  otherwise = 'those who may approve',
): string {
  return entityRefs.map(personName).join(', ') || otherwise;
}
