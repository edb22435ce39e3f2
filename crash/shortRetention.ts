import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  DefaultTrinoConnections,
  type TrinoConnection,
  trinoConnectionsServiceRef,
} from '@lakehouse-ops/plugin-lakehouse-node';

const SESSION = {
  'iceberg.expire_snapshots_min_retention': '0s',
  'iceberg.remove_orphan_files_min_retention': '0s',
};

function wrap(connection: TrinoConnection): TrinoConnection {
  return new Proxy(connection, {
    get(target, name) {
      if (name === 'query') {
        return (sql: string, options = {}) =>
          target.query(sql, { ...options, session: SESSION });
      }
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Trino as where an administrator has set no least retention: a table made now has something to expire. */
export const trinoWithoutLeastRetention = createServiceFactory({
  service: trinoConnectionsServiceRef,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
    lifecycle: coreServices.rootLifecycle,
  },
  factory: ({ config, ...deps }) => {
    const connections = DefaultTrinoConnections.fromConfig(config, deps);
    return {
      list: () => connections.list().map(wrap),
      get: (id: string) => wrap(connections.get(id)),
    };
  },
});
