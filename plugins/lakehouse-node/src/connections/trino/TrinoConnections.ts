import type { TrinoConnection } from './TrinoConnection';

/**
 * All Trino clusters of the config.
 *
 * @public
 */
export interface TrinoConnections {
  list(): readonly TrinoConnection[];
  /** @throws NotFoundError that names the known ids */
  get(id: string): TrinoConnection;
}
