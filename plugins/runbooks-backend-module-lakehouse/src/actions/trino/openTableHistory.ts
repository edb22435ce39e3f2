import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { DeltaHistory } from './DeltaHistory';
import { IcebergHistory } from './IcebergHistory';
import type { TableHistory } from './TableHistory';

/** The history of a table of a known format. */
export function openTableHistory(
  connection: TrinoConnection,
  ref: TableRef,
  format: 'iceberg' | 'delta',
): TableHistory {
  return format === 'iceberg'
    ? new IcebergHistory(connection, ref)
    : new DeltaHistory(connection, ref);
}
