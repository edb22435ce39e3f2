import { InputError } from '@backstage/errors';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';

/** @throws InputError for tables of other formats */
export function requireIceberg(
  ref: TableRef,
  { format, what }: { format: 'iceberg' | 'delta'; what: string },
): void {
  if (format === 'iceberg') return;
  throw new InputError(
    `catalog: '${ref.catalog}' holds Delta Lake tables, which have no ${what}. Trino removes their old files with the procedure vacuum.`,
  );
}
