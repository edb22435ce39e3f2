import useAsync from 'react-use/esm/useAsync';
import { useApiHolder } from '@backstage/core-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  CatalogApi,
  catalogApiRef,
} from '@backstage/plugin-catalog-react';
import {
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { LakehouseEntity, toLakehouseEntity } from './subjects';

/** The catalog is asked again after this time. */
const KEPT_MS = 60_000;
/** Links to more entities than this are left out. */
const MAX_ENTITIES = 1_000;

const ANNOTATIONS = [
  TRINO_CLUSTER_ANNOTATION,
  TABLE_ANNOTATION,
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  WORKLOADS_ANNOTATION,
];

interface Kept {
  readonly atMs: number;
  readonly entities: Promise<readonly LakehouseEntity[]>;
}

const kept = new WeakMap<CatalogApi, Kept>();

/**
 * The entities that stand for something of a lakehouse; undefined while they
 * are not known, or when the catalog can't be asked. All that ask at about the
 * same time share one call.
 */
export function useLakehouseEntities(): readonly LakehouseEntity[] | undefined {
  const catalog = useApiHolder().get(catalogApiRef);
  const { value } = useAsync(
    async () => (catalog ? ask(catalog) : undefined),
    [catalog],
  );
  return value;
}

function ask(catalog: CatalogApi): Promise<readonly LakehouseEntity[]> {
  const before = kept.get(catalog);
  if (before && Date.now() - before.atMs < KEPT_MS) return before.entities;
  const entities = catalog
    .getEntities({
      filter: ANNOTATIONS.map(annotation => ({
        [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
      })),
      fields: ['apiVersion', 'kind', 'metadata', 'relations'],
      limit: MAX_ENTITIES,
    })
    .then(({ items }) => items.map(toLakehouseEntity));
  kept.set(catalog, { atMs: Date.now(), entities });
  // A failure is told to those who asked; the next who asks tries again.
  entities.catch(() => kept.delete(catalog));
  return entities;
}
