import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteString,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { idValue, numberValue, readRows } from './readRows';

const SAMPLES = 20;
const MAX_REFS = 1000;

/** What expiring snapshots would take from a table. */
export interface ExpirableSnapshots {
  readonly snapshots: number;
  /** Older than the cutoff, and not named by a branch or tag. */
  readonly expiring: number;
  /** The oldest that go, oldest first. */
  readonly oldest: ReadonlyArray<{
    readonly id: string;
    readonly committedAt: string;
    readonly operation?: string;
    readonly by?: string;
  }>;
  /** Data files that only they still hold. */
  readonly freedFiles?: number;
  readonly freedBytes?: number;
  /** Branches and tags other than main, as `name@snapshot`: what they name stays. */
  readonly namedRefs: readonly string[];
}

/** Looks which snapshots are older than a time. */
export async function readExpirableSnapshots(options: {
  connection: TrinoConnection;
  ref: TableRef;
  cutoff: Date;
  signal: AbortSignal;
}): Promise<ExpirableSnapshots> {
  const { connection, ref, cutoff, signal } = options;
  const snapshots = quoteMetadataTable(ref, 'snapshots');
  const refs = await readRows(connection, {
    sql: `SELECT name, CAST(snapshot_id AS varchar) AS id FROM ${quoteMetadataTable(
      ref,
      'refs',
    )}`,
    row: z.object({ name: z.string(), id: idValue }),
    signal,
    options: { maxRows: MAX_REFS },
  });
  const before = `committed_at < ${timestamp(cutoff)}`;
  const isExpiring = refs.length
    ? `${before} AND CAST(snapshot_id AS varchar) NOT IN (${refs
        .map(({ id }) => quoteString(id))
        .join(', ')})`
    : before;
  const [totals] = await readRows(connection, {
    sql: `SELECT count(*) AS snapshots, count_if(${isExpiring}) AS expiring FROM ${snapshots}`,
    row: z.object({ snapshots: numberValue, expiring: numberValue }),
    signal,
  });
  const oldest = await readRows(connection, {
    sql: `SELECT CAST(snapshot_id AS varchar) AS id, CAST(committed_at AS varchar) AS committed_at, operation, element_at(summary, 'trino_user') AS trino_user FROM ${snapshots} WHERE ${isExpiring} ORDER BY committed_at LIMIT ${SAMPLES}`,
    row: z.object({
      id: idValue,
      committed_at: z.string(),
      operation: z.string().nullish(),
      trino_user: z.string().nullish(),
    }),
    signal,
  });
  const freed = oldest.length
    ? await readFreed({ connection, snapshots, before, signal })
    : { files: 0, bytes: 0 };
  return {
    snapshots: totals?.snapshots ?? 0,
    expiring: totals?.expiring ?? 0,
    oldest: oldest.map(row => ({
      id: row.id,
      committedAt: row.committed_at,
      operation: row.operation ?? undefined,
      by: row.trino_user ?? undefined,
    })),
    freedFiles: freed.files,
    freedBytes: freed.bytes,
    namedRefs: refs
      .filter(({ name }) => name !== 'main')
      .map(({ name, id }) => `${name}@${id}`)
      .sort(),
  };
}

/**
 * A file that a commit removed is held by what came before that commit. So when all
 * up to a time goes, the files removed up to the first commit that stays are free.
 */
async function readFreed(options: {
  connection: TrinoConnection;
  snapshots: string;
  before: string;
  signal: AbortSignal;
}) {
  const { connection, snapshots, before, signal } = options;
  const [kept] = await readRows(connection, {
    sql: `SELECT CAST(min(committed_at) AS varchar) AS first FROM ${snapshots} WHERE NOT (${before})`,
    row: z.object({ first: z.string().nullish() }),
    signal,
  });
  const [row] = await readRows(connection, {
    sql: `SELECT sum(TRY_CAST(element_at(summary, 'deleted-data-files') AS bigint)) AS files, sum(TRY_CAST(element_at(summary, 'removed-files-size') AS bigint)) AS bytes FROM ${snapshots}${
      kept?.first
        ? ` WHERE committed_at <= TIMESTAMP ${quoteString(kept.first)}`
        : ''
    }`,
    row: z.object({ files: numberValue, bytes: numberValue }),
    signal,
  });
  return { files: row?.files ?? 0, bytes: row?.bytes ?? 0 };
}

function timestamp(time: Date): string {
  const text = time.toISOString().replace('T', ' ').replace('Z', ' UTC');
  return `TIMESTAMP ${quoteString(text)}`;
}
