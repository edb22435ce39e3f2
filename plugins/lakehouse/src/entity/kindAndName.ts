/** `cache sessions`, but `Cache of the services`: a name that begins with its kind needs it no second time. */
export function kindAndName(kind: string, name: string): string {
  const [first] = name.trim().split(/[\s:_-]/, 1);
  return first.toLocaleLowerCase('en-US') === kind.toLocaleLowerCase('en-US')
    ? name
    : `${kind} ${name}`;
}
