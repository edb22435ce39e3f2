import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  SupersetDatabaseMapping,
  SupersetDataset,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** Where a dataset reads, as its database names it. Of a virtual one only that it has a statement of its own is told: which tables that reads can't be told reliably. */
export function readsOf(dataset: SupersetDataset): string {
  if (dataset.sql) return `its own SQL, in ${placeOf(dataset)}`;
  return placeOf(dataset, dataset.name);
}

function placeOf(dataset: SupersetDataset, name?: string): string {
  const parts = [dataset.catalog, dataset.schema, name].filter(Boolean);
  return parts.length > 0 ? parts.join('.') : dataset.database;
}

/** The Trino table behind a dataset, where its database is one of our clusters and no part of its name is missing. */
export function tableOf(
  dataset: SupersetDataset,
  mappings: readonly SupersetDatabaseMapping[],
): TableRef | undefined {
  const mapping = mappings.find(({ name }) => name === dataset.database);
  const catalog = dataset.catalog ?? mapping?.catalog;
  if (!mapping || !catalog || !dataset.schema || dataset.sql) return undefined;
  return {
    connection: mapping.trino,
    catalog,
    schema: dataset.schema,
    table: dataset.name,
  };
}
