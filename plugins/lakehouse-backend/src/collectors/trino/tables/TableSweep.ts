import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { SNAPSHOTS_GOOD } from '../../../health/thresholds';
import type { DiscoveredTable } from './discoverTables';

/** A table that a sweep goes over, with the last look at it. */
export interface SweptTable extends DiscoveredTable {
  readonly known?: TableHealth;
}

/** Never looked at first, then the one looked at longest ago: what a sweep left comes first in the next. */
export function inOrder(tables: readonly SweptTable[]): SweptTable[] {
  return [...tables].sort((a, b) =>
    (a.known?.inspectedAt ?? '').localeCompare(b.known?.inspectedAt ?? ''),
  );
}

/**
 * Whether the same snapshot means that nothing changed. Where statistics are
 * not fresh or snapshots are many, ANALYZE or expiring may have changed that without a new snapshot: those
 * are looked at again, which costs one statement each.
 */
export function canBeProbed({ format, known }: SweptTable): boolean {
  return (
    format === 'iceberg' &&
    known !== undefined &&
    known.snapshot !== undefined &&
    known.gaps.length === 0 &&
    known.statistics?.state === 'fresh' &&
    (known.snapshots?.count ?? 0) <= SNAPSHOTS_GOOD
  );
}

/** Tables of one catalog at a time, at most `size` each. */
export function inBatches(
  tables: readonly SweptTable[],
  size: number,
): SweptTable[][] {
  const byCatalog = new Map<string, SweptTable[]>();
  for (const table of tables) {
    const batch = byCatalog.get(table.ref.catalog);
    if (batch) batch.push(table);
    else byCatalog.set(table.ref.catalog, [table]);
  }
  return [...byCatalog.values()].flatMap(all =>
    Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
      all.slice(index * size, (index + 1) * size),
    ),
  );
}
