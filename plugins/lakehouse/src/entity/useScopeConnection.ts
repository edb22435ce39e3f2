import type {
  ConnectionView,
  EntityScope,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { useConnections } from '../systems';

/** Where an entity's scope points. */
export interface ScopeConnection {
  /** A Trino connection; undefined while it is not known, or can't be told. */
  readonly id?: string;
  /** The entity names no connection and there is not exactly one of Trino. */
  readonly ambiguous: boolean;
  readonly connections: LakehouseResource<{ items: ConnectionView[] }>;
}

/**
 * The Trino connection of an entity: the one that its annotations name, or the only
 * one that there is.
 */
export function useScopeConnection(scope: EntityScope): ScopeConnection {
  const connections = useConnections();
  const named = scope.table?.connection ?? scope.cluster;
  if (named) return { id: named, ambiguous: false, connections };
  const items = connections.data?.items.filter(
    ({ system }) => system === 'trino',
  );
  return {
    id: items?.length === 1 ? items[0].id : undefined,
    ambiguous: items !== undefined && items.length !== 1,
    connections,
  };
}
