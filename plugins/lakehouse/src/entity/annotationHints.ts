import {
  ConnectionView,
  EntityScope,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** What to put into the app's config for a first connection. */
export const CONNECTION_CONFIG = [
  'lakehouse:',
  '  trino:',
  '    connections:',
  '      - id: analytics',
  '        title: Analytics cluster',
  '        url: https://trino.example.com',
  '        user: lakehouse-ops',
].join('\n');

/** What to put into an entity's YAML so that it names a connection that there is. */
export function connectionAnnotation(
  connections: readonly ConnectionView[],
): string {
  return [
    'metadata:',
    '  annotations:',
    `    ${TRINO_CLUSTER_ANNOTATION}: ${connections[0]?.id ?? 'analytics'}`,
  ].join('\n');
}

/** What to do about an entity that names a connection that there is not. */
export function unknownConnectionHint(scope: EntityScope): string {
  const annotation = scope.table ? TABLE_ANNOTATION : TRINO_CLUSTER_ANNOTATION;
  return `The annotation ${annotation} of this entity names the connection. Change the annotation in the entity's YAML file, or add the connection to the app's config.`;
}

/** What to paste for an entity that names a connection that there is not. */
export function unknownConnectionSnippet(
  scope: EntityScope,
  connections: readonly ConnectionView[],
): string | undefined {
  if (connections.length === 0) return CONNECTION_CONFIG;
  return scope.table ? undefined : connectionAnnotation(connections);
}
