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

/** Trino writes the statistics of a write in a commit of its own, 10 to 20 ms after the write's (measured on 476); large ones take longer. */
const SAME_WRITE_MS = 2_000;

/**
 * How fresh a table's statistics are. Trino has no table that says so; this is derived.
 *
 * A version of the metadata with the same snapshot and schema as the one before changed
 * neither rows nor columns. Directly after a write it is the statistics which that write
 * collected of its own rows (after a `replace` just the old ones, carried over); on its own it is taken for
 * an ANALYZE, unless snapshots were expired, which looks the same. What the query log
 * tells of ANALYZE is taken as it is. Rows since are the rows of all writes after the last ANALYZE that
 * collected none of their own.
 *
 * Limits: a change of a property counts as ANALYZE; one that ran within two seconds of a
 * write and is not in the query log counts as that write's own; rows of expired snapshots are not counted.
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
    ...steps.filter(step => step.kind === 'alone').map(step => step.at),
  ]);
  const collectedAt = latest([
    analyzedAt,
    ...steps.filter(step => step.kind === 'own').map(step => step.at),
  ]);

  let rowsSince = 0;
  steps.forEach((step, index) => {
    if (step.kind !== 'write') return;
    if (analyzedAt !== undefined && step.at <= analyzedAt) return;
    if (steps[index + 1]?.kind === 'own') return;
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

interface Step {
  readonly at: string;
  /** `own`: a write's own statistics; `carried`: old ones kept by a rewrite; `alone`: metadata changed on its own. */
  readonly kind: 'write' | 'rewrite' | 'own' | 'carried' | 'alone' | 'other';
}

function stepsOf(
  versions: readonly MetadataVersion[],
  refuted: ReadonlySet<string> | undefined,
): Step[] {
  const expired = someExpired(versions);
  return versions.map((version, index) => {
    const { at } = version;
    const kind = kindOf(version, versions[index - 1]);
    const counts = !refuted?.has(at) && !(expired && kind === 'alone');
    const collects = kind === 'own' || kind === 'alone';
    return { at, kind: collects && !counts ? 'other' : kind };
  });
}

function kindOf(
  version: MetadataVersion,
  before: MetadataVersion | undefined,
): Step['kind'] {
  if (version.snapshotId === undefined) return 'other';
  if (version.snapshotId !== before?.snapshotId) {
    return version.operation === 'replace' ? 'rewrite' : 'write';
  }
  if (version.schemaId !== before.schemaId) return 'other';
  const soon = Date.parse(version.at) - Date.parse(before.at) <= SAME_WRITE_MS;
  if (!soon) return 'alone';
  return version.operation === 'replace' ? 'carried' : 'own';
}

/**
 * The newest snapshot that statistics seem to have been collected at, unless the query
 * log tells of a later ANALYZE.
 */
export function newestCollection(options: {
  versions: readonly MetadataVersion[];
  lastAnalyzedAt?: string;
  refuted?: ReadonlySet<string>;
}): { parentId?: string; at: string[] } | undefined {
  const { versions, lastAnalyzedAt } = options;
  const steps = stepsOf(versions, options.refuted);
  const collects = (index: number) =>
    steps[index].kind === 'own' || steps[index].kind === 'alone';
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
