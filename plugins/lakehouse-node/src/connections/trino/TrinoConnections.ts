import type { SystemConnections } from '../shared/SystemConnection';
import type { TrinoConnection } from './TrinoConnection';

/**
 * All Trino clusters of the config.
 *
 * @public
 */
export type TrinoConnections = SystemConnections<TrinoConnection>;
