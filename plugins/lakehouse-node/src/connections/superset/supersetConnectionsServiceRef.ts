import { createConnectionsServiceRef } from '../shared/createConnectionsServiceRef';
import { readSupersetConnectionsConfig } from './config';
import { SUPERSET_CONFIG_KEY } from './config/readSupersetConnectionsConfig';
import { DefaultSupersetConnection } from './DefaultSupersetConnection';
import type { SupersetConnection } from './SupersetConnection';

/**
 * The Superset connections of the config, one set for all plugins of a backend.
 *
 * @public
 */
export const supersetConnectionsServiceRef =
  createConnectionsServiceRef<SupersetConnection>({
    id: 'lakehouse.superset-connections',
    system: 'Superset',
    configKey: SUPERSET_CONFIG_KEY,
    fromConfig: config =>
      readSupersetConnectionsConfig(config).map(entry =>
        DefaultSupersetConnection.create({ config: entry }),
      ),
  });
