/** "olivia" for `user:default/olivia`; the whole reference on hover. */
export function PersonText({ entityRef }: { entityRef: string }) {
  return (
    <span title={entityRef}>{entityRef.replace(/^user:default\//, '')}</span>
  );
}
