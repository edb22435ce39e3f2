import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnections } from '@lakehouse-ops/plugin-lakehouse-node';

/** What the Trino actions work with. */
export interface TrinoActionOptions {
  readonly connections: TrinoConnections;
  /** Told after an action may have changed a table. Never fails. */
  readonly tableChanged: (table: TableRef) => void;
}

/** The system in the target of every Trino action. */
export const TRINO_SYSTEM = 'trino';

/** A connection id as a parameter. */
export const MAX_NAME_LENGTH = 255;
