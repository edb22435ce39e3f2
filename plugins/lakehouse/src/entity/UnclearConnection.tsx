import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { NotConfigured } from '../components/states';
import { CONNECTION_CONFIG, connectionAnnotation } from './annotationHints';

/** The entity names no connection, and there is not exactly one: what to add. */
export const UnclearConnection = (props: {
  connections: readonly ConnectionView[];
}) => {
  const connections = props.connections.filter(
    ({ system }) => system === 'trino',
  );
  return connections.length === 0 ? (
    <NotConfigured
      title="There is no Trino connection that you may see"
      message="Either none is configured: then add one to the app's config. Or you have none of the lakehouse read permissions: then ask those who run this Backstage."
      snippet={CONNECTION_CONFIG}
    />
  ) : (
    <NotConfigured
      title="Which cluster?"
      message={`This entity tells which queries are its own, but not where, and there is more than one connection: ${connections
        .map(({ id }) => id)
        .join(', ')}. Name one in the entity's YAML file.`}
      snippet={connectionAnnotation(connections)}
    />
  );
};
