import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { numberValue, readRows } from './readRows';

/** The manifests of a table's current snapshot. */
export interface ManifestTotals {
  readonly manifests?: number;
  readonly sizeBytes?: number;
}

/** Counts manifests in `$manifests`. */
export async function readManifests(
  connection: TrinoConnection,
  ref: TableRef,
  signal: AbortSignal,
): Promise<ManifestTotals> {
  const [row] = await readRows(connection, {
    sql: `SELECT count(*) AS manifests, sum(length) AS size_bytes FROM ${quoteMetadataTable(
      ref,
      'manifests',
    )}`,
    row: z.object({ manifests: numberValue, size_bytes: numberValue }),
    signal,
  });
  return { manifests: row?.manifests, sizeBytes: row?.size_bytes };
}
