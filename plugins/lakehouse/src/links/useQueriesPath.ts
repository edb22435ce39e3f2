import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { findEntity } from './subjects';
import { useLakehouseEntities } from './useLakehouseEntities';

/** Where the tab of this plugin is mounted on entity pages. */
export const ENTITY_CONTENT_PATH = '/lakehouse';

/**
 * Makes paths to queries of a cluster, narrowed by filters; undefined where
 * the catalog has no entity for the cluster.
 */
export function useQueriesPath(): (
  connection: string,
  filters: Readonly<Record<string, string>>,
) => string | undefined {
  const entities = useLakehouseEntities();
  const entityPath = useRouteRef(entityRouteRef);
  return (connection, filters) => {
    const found =
      entities && findEntity(entities, { kind: 'cluster', connection });
    if (!found) return undefined;
    const path = entityPath(
      entityRouteParams(found.entity, { encodeParams: true }),
    );
    const search = new URLSearchParams({ view: 'queries', ...filters });
    return `${path}${ENTITY_CONTENT_PATH}?${search}`;
  };
}
