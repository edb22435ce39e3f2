/**
 * "olivia" for `user:default/olivia`, "group data" for `group:default/data`.
 *
 * @public
 */
export function personName(entityRef: string): string {
  const [, kind, name] =
    /^(user|group):(?:default\/)?(.+)$/i.exec(entityRef) ?? [];
  if (!kind) return entityRef;
  return kind.toLocaleLowerCase('en') === 'group' ? `group ${name}` : name;
}

/**
 * Who it is, in short; the whole entity reference on hover.
 *
 * @public
 */
export function PersonText({ entityRef }: { entityRef: string }) {
  return <span title={entityRef}>{personName(entityRef)}</span>;
}
