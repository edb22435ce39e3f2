import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { METADATA_FILES_GOOD, STALE_ROWS_SHARE } from './thresholds';

/** One version of a table's metadata, with the snapshot that was current in it. */
export interface MetadataVersion {
  /** ISO time. */
  readonly at: string;
  /** Absent before the first snapshot, and when the snapshot has been expired since. */
  readonly snapshotId?: string;
  /** The snapshot that it was made from; absent for a table's first. */
  readonly parentId?: string;
  readonly schemaId?: number;
  /** Of that snapshot: append, overwrite, delete or replace. */
  readonly operation?: string;
  readonly addedRecords?: number;
}

type Statistics = NonNullable<TableHealth['statistics']>;

/**
 * Trino writes the statistics that a write collected in a commit of its own, 10 to 40 ms
 * after the write's (measured on 476, local files); object stores take longer.
 */
const SAME_WRITE_MS = 2_000;

/** No ANALYZE ends so soon after a write by somebody else: 190 ms and more were measured for tables of a few rows. */
const SOONEST_ANALYZE_MS = 150;

/** A comment that is set right after a write happens; after so many, each time, it does not. */
const WRITES_WITHOUT_DOUBT = 3;

/**
 * How fresh a table's statistics are. Trino has no table that says so; this is derived.
 *
 * A version of the metadata with the same snapshot and schema as the one before changed
 * neither rows nor columns. Directly after a write it is the statistics that the write
 * collected of its own rows (after a `replace` just the old ones, carried over). Otherwise
 * it is taken for an ANALYZE, unless snapshots were expired, which looks the same. What the
 * query log tells of ANALYZE is taken as it is. Rows since are the rows of all writes after
 * the last ANALYZE that collected none of their own.
 *
 * Limits: a change of a property looks the same as well; those that the caller could
 * tell apart are `refuted`. A write whose statistics take long to store counts as an ANALYZE.
 * Rows of expired snapshots are not counted.
 */
export function statisticsFreshness(options: {
  /** Oldest first. */
  versions: readonly MetadataVersion[];
  /** Older versions are not listed any more. */
  truncated?: boolean;
  /** When ANALYZE last ended well, as the query log tells. */
  lastAnalyzedAt?: string;
  /** Times of versions that turned out to have collected nothing. */
  refuted?: ReadonlySet<string>;
  totalRecords?: number;
  columns: Statistics['columns'];
}): Statistics {
  const { versions, columns, totalRecords } = options;
  if (!columns.some(column => column.distinctValues !== undefined)) {
    return { state: 'none', columns };
  }
  const steps = stepsOf(versions, options.refuted);
  const analyzedAt = latest([
    options.lastAnalyzedAt,
    ...steps.filter(step => step.analyzes).map(step => step.at),
  ]);
  const collectedAt = latest([
    analyzedAt,
    ...steps.filter(step => step.covers).map(step => step.at),
  ]);

  let rowsSince = 0;
  steps.forEach((step, index) => {
    if (!step.writes) return;
    if (analyzedAt !== undefined && step.at <= analyzedAt) return;
    if (steps[index + 1]?.covers) return;
    rowsSince += versions[index].addedRecords ?? 0;
  });
  const rowsSinceShare = totalRecords
    ? Math.min(1, rowsSince / totalRecords)
    : undefined;
  const outOfSight =
    collectedAt === undefined &&
    (options.truncated || versions.length >= METADATA_FILES_GOOD);
  const stale =
    outOfSight ||
    (rowsSinceShare === undefined
      ? rowsSince > 0
      : rowsSinceShare > STALE_ROWS_SHARE);
  return {
    state: stale ? 'stale' : 'fresh',
    collectedAt,
    rowsSinceShare,
    columns,
  };
}

/** What the change to a version means. */
interface Step {
  readonly at: string;
  /** New rows came. */
  readonly writes?: boolean;
  /** Statistics of the rows of the write before it. */
  readonly covers?: boolean;
  /** Statistics of all rows. */
  readonly analyzes?: boolean;
}

function stepsOf(
  versions: readonly MetadataVersion[],
  refuted: ReadonlySet<string> | undefined,
): Step[] {
  const expired = someExpired(versions);
  return versions.map((version, index) => {
    const before = versions[index - 1];
    const { at, snapshotId } = version;
    if (snapshotId === undefined) return { at };
    if (snapshotId !== before?.snapshotId) {
      return { at, writes: version.operation !== 'replace' };
    }
    if (version.schemaId !== before.schemaId || refuted?.has(at)) return { at };
    const afterMs = Date.parse(at) - Date.parse(before.at);
    if (version.operation === 'replace' && afterMs <= SAME_WRITE_MS) {
      return { at };
    }
    return {
      at,
      covers: afterMs <= SAME_WRITE_MS,
      analyzes: afterMs >= SOONEST_ANALYZE_MS && !expired,
    };
  });
}

/**
 * The newest snapshot that statistics seem to have been collected at, to be checked by
 * its distinct values. Undefined when there is no doubt: the query log tells of a later
 * ANALYZE, or several writes are all followed by their own statistics, as comments are not.
 */
export function newestCollection(options: {
  versions: readonly MetadataVersion[];
  lastAnalyzedAt?: string;
  refuted?: ReadonlySet<string>;
}): { parentId?: string; at: string[] } | undefined {
  const { versions, lastAnalyzedAt } = options;
  const steps = stepsOf(versions, options.refuted);
  const writes = steps.flatMap((step, index) => (step.writes ? [index] : []));
  const writesCollect =
    writes.length >= WRITES_WITHOUT_DOUBT &&
    writes.every(index => steps[index + 1]?.covers);
  if (writesCollect) return undefined;
  const collects = (index: number) =>
    steps[index].covers || steps[index].analyzes;
  const newest = steps.reduce(
    (found, _, index) => (collects(index) ? index : found),
    -1,
  );
  if (newest < 0) return undefined;
  if (lastAnalyzedAt !== undefined && lastAnalyzedAt >= versions[newest].at) {
    return undefined;
  }
  const { snapshotId, parentId } = versions[newest];
  return {
    parentId,
    at: versions.flatMap((version, index) =>
      version.snapshotId === snapshotId && collects(index) ? [version.at] : [],
    ),
  };
}

/** A version without a snapshot is of a table still empty, or its snapshot was expired: then the next one has a parent. */
function someExpired(versions: readonly MetadataVersion[]): boolean {
  return versions.some((version, index) => {
    const before = versions[index - 1];
    if (before === undefined || before.snapshotId !== undefined) return false;
    return version.snapshotId !== undefined && version.parentId !== undefined;
  });
}

function latest(times: ReadonlyArray<string | undefined>): string | undefined {
  return times.reduce(
    (newest, time) =>
      time !== undefined && (newest === undefined || time > newest)
        ? time
        : newest,
    undefined,
  );
}
