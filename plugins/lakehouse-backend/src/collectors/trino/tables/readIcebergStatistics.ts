import type {
  ColumnStatistics,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  newestCollection,
  statisticsFreshness,
} from '../../../health/statisticsFreshness';
import {
  readColumnStatistics,
  sameDistinctValues,
} from './readColumnStatistics';
import type { IcebergSummary } from './readIcebergSummary';
import type { RunTableStatement } from './TableInspector';

/** Each costs a statement. */
const MAX_CHECKS = 4;

/**
 * Statistics with their freshness. What looks like a collection in the metadata log
 * may be a comment that was set: it is checked by asking for the distinct values as of the snapshot
 * before. Were they the same already, it is not counted as one.
 */
export async function readIcebergStatistics(options: {
  ref: TableRef;
  summary: IcebergSummary;
  lastAnalyzedAt?: string;
  run: RunTableStatement;
}): Promise<NonNullable<TableHealth['statistics']>> {
  const { ref, summary, run } = options;
  const { columns } = await readColumnStatistics({ ref, run });
  const refuted = new Set<string>();
  for (let checks = 0; checks < MAX_CHECKS; checks++) {
    const newest = newestCollection({
      versions: summary.versions,
      lastAnalyzedAt: options.lastAnalyzedAt,
      refuted,
    });
    if (!newest?.parentId) break;
    const before = await readColumnStatistics({
      ref,
      snapshotId: newest.parentId,
      run,
    });
    if (!sameDistinctValues(before.columns, columns)) break;
    newest.at.forEach(at => refuted.add(at));
  }
  return freshnessOf({ ...options, columns, refuted });
}

/** Freshness by what is known already, without a statement. */
export function freshnessOf(options: {
  summary: IcebergSummary;
  lastAnalyzedAt?: string;
  columns: readonly ColumnStatistics[];
  refuted?: ReadonlySet<string>;
}): NonNullable<TableHealth['statistics']> {
  const { summary } = options;
  return statisticsFreshness({
    versions: summary.versions,
    truncated: summary.versionsTruncated,
    lastAnalyzedAt: options.lastAnalyzedAt,
    refuted: options.refuted,
    totalRecords: summary.totals?.records,
    columns: options.columns,
  });
}
