import {
  formatTableName,
  Gap,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { quoteMetadataTable } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { smallFilesPart } from '../../../health/parts/smallFilesPart';
import { scoreTable } from '../../../health/scoreTable';
import { SNAPSHOTS_GOOD } from '../../../health/thresholds';
import { gapFromError } from '../gaps';
import { values } from '../values';
import { readDataFiles } from './readDataFiles';
import { IcebergSummary, readIcebergSummary } from './readIcebergSummary';
import { freshnessOf, readIcebergStatistics } from './readIcebergStatistics';
import { isAboutCluster, TableInspection } from './TableInspector';

/** What is read only when the summary gives a reason to. */
type ExpensiveFacts = Pick<
  TableHealth,
  'files' | 'partitions' | 'compaction' | 'manifests' | 'statistics'
>;

/** Looks at an Iceberg table: its summary in one statement, the rest when that looks suspicious. */
export async function inspectIceberg(
  inspection: TableInspection,
): Promise<TableHealth> {
  const { ref, at, known } = inspection;
  const summary = await readIcebergSummary(inspection);
  if (known && isUnchanged(inspection, known, summary)) {
    return { ...known, inspectedAt: at };
  }
  const gaps: Gap[] = [];
  const cheap = cheapFacts(inspection, summary);
  const facts =
    summary.snapshot && isSuspicious(inspection, summary, cheap)
      ? { ...cheap, ...(await readAll(inspection, summary, gaps)) }
      : cheap;
  const score = scoreTable({
    ...facts,
    totals: summary.totals,
    snapshots: summary.snapshots,
    metadataFiles: summary.metadataFiles,
    deletedRows: summary.deletedRows,
  });
  return {
    ref,
    format: 'iceberg',
    inspectedAt: at,
    depth:
      !summary.snapshot || facts.files?.snapshotId === summary.snapshot.id
        ? 'full'
        : 'summary',
    ...score,
    snapshot: summary.snapshot,
    totals: summary.totals,
    snapshots: summary.snapshots,
    metadataFiles: summary.metadataFiles,
    ...facts,
    gaps: gaps.map(gap => ({
      ...gap,
      since:
        known?.gaps.find(before => before.subject === gap.subject)?.since ?? at,
    })),
  };
}

/** Trino's clock and ours may differ by so much. */
const CLOCK_SKEW_MS = 60_000;

/** Nothing was committed since the last look, not even metadata alone. */
function isUnchanged(
  { full, lastAnalyzedAt }: TableInspection,
  known: TableHealth,
  summary: IcebergSummary,
): boolean {
  if (full || known.gaps.length > 0) return false;
  if (known.snapshot?.id !== summary.snapshot?.id) return false;
  const seenAt = new Date(
    Date.parse(known.inspectedAt) - CLOCK_SKEW_MS,
  ).toISOString();
  return (
    (summary.versions.at(-1)?.at ?? '') < seenAt &&
    (lastAnalyzedAt ?? '') < seenAt
  );
}

/** What still holds of the last look, with statistics as fresh as the new summary tells. */
function cheapFacts(
  { known, lastAnalyzedAt }: TableInspection,
  summary: IcebergSummary,
): ExpensiveFacts {
  if (!summary.snapshot || !known) return {};
  const sameFiles = known.files?.snapshotId === summary.snapshot.id;
  return {
    files: known.files,
    partitions: known.partitions,
    compaction: sameFiles ? known.compaction : undefined,
    manifests: sameFiles ? known.manifests : undefined,
    statistics:
      known.statistics &&
      freshnessOf({
        summary,
        lastAnalyzedAt,
        columns: known.statistics.columns,
      }),
  };
}

function isSuspicious(
  { full, known }: TableInspection,
  summary: IcebergSummary,
  cheap: ExpensiveFacts,
): boolean {
  if (full || !known?.files || known.gaps.length > 0) return true;
  return (
    smallFilesPart({ totals: summary.totals }).score === undefined ||
    (summary.totals?.deleteFiles ?? 0) > 0 ||
    (summary.snapshots?.count ?? 0) > SNAPSHOTS_GOOD ||
    cheap.statistics?.state !== 'fresh'
  );
}

const manifestsSchema = z.object({
  manifests: values.number,
  size: values.number,
  partition_fields: values.optionalNumber,
});

async function readAll(
  inspection: TableInspection,
  summary: IcebergSummary,
  gaps: Gap[],
): Promise<ExpensiveFacts> {
  const { ref, at, run, config } = inspection;
  const snapshotId = summary.snapshot?.id;
  let facts: ExpensiveFacts = {};
  try {
    const result = await run(
      `SELECT count(*) AS manifests, coalesce(sum(length), 0) AS size,
  max(cardinality(partition_summaries)) AS partition_fields
FROM ${quoteMetadataTable(ref, 'manifests')}`,
    );
    const { manifests, size, partition_fields } = manifestsSchema.parse(
      result.rows[0],
    );
    facts = { manifests: { count: manifests, sizeBytes: size } };
    const partitioned = (partition_fields ?? 0) > 0;
    const counted = await readDataFiles({
      source: `SELECT content, file_size_in_bytes AS size${
        partitioned ? ', partition' : ''
      } FROM ${quoteMetadataTable(ref, 'files')}`,
      partitioned,
      smallFileBytes: config.smallFileBytes,
      run,
    });
    facts = {
      ...facts,
      files: snapshotId
        ? { ...counted.files, snapshotId, countedAt: at }
        : undefined,
      partitions: counted.partitions,
      compaction: counted.compaction,
    };
    facts = {
      ...facts,
      statistics: await readIcebergStatistics({ ...inspection, summary }),
    };
  } catch (error) {
    if (isAboutCluster(error)) throw error;
    gaps.push(
      gapFromError({
        connection: ref.connection,
        subject: `table:${formatTableName(ref)}`,
        at,
        error,
        instead: 'the parts read before are of an earlier look',
      }),
    );
  }
  return facts;
}
