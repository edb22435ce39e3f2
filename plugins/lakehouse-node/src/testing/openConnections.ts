import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DefaultTrinoConnection,
  TrinoConnectionConfig,
} from '../connections/trino';
import type { TrinoContractUser } from './TrinoContractTarget';

/** Opens a connection for each person when it is asked for, and closes all. */
export function openConnections(
  configOf: (user: TrinoContractUser) => TrinoConnectionConfig,
  logger: LoggerService,
) {
  const opened = new Map<TrinoContractUser, DefaultTrinoConnection>();
  return {
    connect(user: TrinoContractUser): DefaultTrinoConnection {
      const known = opened.get(user);
      if (known) return known;
      const connection = DefaultTrinoConnection.create({
        config: configOf(user),
        logger,
      });
      opened.set(user, connection);
      return connection;
    },
    async close() {
      await Promise.all([...opened.values()].map(one => one.close()));
    },
  };
}
