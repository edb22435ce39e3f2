import {
  formatTableName,
  Gap,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteTable,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { scoreTable } from '../../../health/scoreTable';
import { gapFromError } from '../gaps';
import { values } from '../values';
import { readColumnStatistics } from './readColumnStatistics';
import { readDataFiles } from './readDataFiles';
import { isAboutCluster, TableInspection } from './TableInspector';

const versionSchema = z.object({
  version: values.text,
  at: values.time,
  operation: values.optionalText,
  user_name: values.optionalText,
  query_id: values.optionalText,
});

/**
 * Looks at a Delta table. Trino (476) has neither a table of its files nor of its
 * manifests: files are found through the hidden columns of a scan that reads no data, delete
 * files and metadata files stay unknown.
 */
export async function inspectDelta(
  inspection: TableInspection,
): Promise<TableHealth> {
  const { ref, at, known, full } = inspection;
  const snapshot = await readVersion(inspection);
  const unchanged =
    !full &&
    snapshot !== undefined &&
    known?.files?.snapshotId === snapshot.id &&
    known.gaps.length === 0;
  if (unchanged) return { ...known, inspectedAt: at };

  const gaps: Gap[] = [];
  const facts = await readFacts(inspection, snapshot, gaps);
  return {
    ref,
    format: 'delta',
    inspectedAt: at,
    depth: facts.files ? 'full' : 'summary',
    ...scoreTable(facts),
    snapshot,
    ...facts,
    gaps: gaps.map(gap => ({
      ...gap,
      since:
        known?.gaps.find(before => before.subject === gap.subject)?.since ?? at,
    })),
  };
}

async function readVersion({
  ref,
  run,
}: TableInspection): Promise<TableHealth['snapshot']> {
  const { rows } = await run(
    `SELECT CAST(version AS varchar) AS version, to_iso8601("timestamp") AS at,
  operation, user_name, element_at(operation_parameters, 'queryId') AS query_id
FROM ${quoteMetadataTable(ref, 'history')} AS history
ORDER BY history.version DESC
LIMIT 1`,
  );
  if (!rows[0]) return undefined;
  const newest = versionSchema.parse(rows[0]);
  return {
    id: newest.version,
    committedAt: newest.at,
    operation: newest.operation,
    user: newest.user_name,
    queryId: newest.query_id,
  };
}

type DeltaFacts = Pick<
  TableHealth,
  'totals' | 'files' | 'partitions' | 'compaction' | 'statistics'
>;

async function readFacts(
  inspection: TableInspection,
  snapshot: TableHealth['snapshot'],
  gaps: Gap[],
): Promise<DeltaFacts> {
  const { ref, at, run, config, lastAnalyzedAt } = inspection;
  let facts: DeltaFacts = {};
  try {
    const { columns, rowCount } = await readColumnStatistics({ ref, run });
    facts = { statistics: toStatistics({ columns, snapshot, lastAnalyzedAt }) };
    const counted = await readDataFiles({
      // The directories of the path that name a partition: day=2026-11-20/country=AT.
      source: `SELECT 0 AS content, max("$file_size") AS size, regexp_extract("$path", '([^/=]+=[^/]*(?:/[^/=]+=[^/]*)*)/[^/]*$', 1) AS partition
FROM ${quoteTable(ref)}
GROUP BY "$path"`,
      partitioned: true,
      smallFileBytes: config.smallFileBytes,
      run,
    });
    const isPartitioned = counted.partitions?.worst.some(
      ({ partition }) => partition !== '',
    );
    facts = {
      ...facts,
      totals: {
        dataFiles: counted.totalFiles,
        sizeBytes: counted.sizeBytes,
        records: rowCount,
      },
      files: snapshot && {
        ...counted.files,
        snapshotId: snapshot.id,
        countedAt: at,
      },
      partitions: isPartitioned ? counted.partitions : undefined,
      compaction: counted.compaction,
    };
  } catch (error) {
    if (isAboutCluster(error)) throw error;
    gaps.push(
      gapFromError({
        connection: ref.connection,
        subject: `table:${formatTableName(ref)}`,
        at,
        error,
      }),
    );
  }
  return facts;
}

/** Delta's log does not tell of ANALYZE: the age is known only from the query log, and a write after it is told by the version. */
function toStatistics(options: {
  columns: NonNullable<TableHealth['statistics']>['columns'];
  snapshot: TableHealth['snapshot'];
  lastAnalyzedAt?: string;
}): TableHealth['statistics'] {
  const { columns, snapshot, lastAnalyzedAt } = options;
  if (!columns.some(column => column.distinctValues !== undefined)) {
    return { state: 'none', columns };
  }
  if (!lastAnalyzedAt || !snapshot) return undefined;
  return lastAnalyzedAt >= snapshot.committedAt
    ? {
        state: 'fresh',
        collectedAt: lastAnalyzedAt,
        rowsSinceShare: 0,
        columns,
      }
    : undefined;
}
