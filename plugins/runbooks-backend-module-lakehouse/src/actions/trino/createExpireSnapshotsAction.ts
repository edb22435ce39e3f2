import {
  quoteString,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { TrinoActionOptions } from './actionContext';
import { previewExpiry } from './previewExpiry';
import { readExpirableSnapshots } from './readExpirableSnapshots';
import { reconcileStatement } from './reconcileStatement';
import { requireIceberg } from './requireIceberg';
import { requireRetention, retentionParameter } from './retention';
import { findRunQueryId } from './runTrackedStatement';
import { statementOutput, tableHooks } from './tableHooks';
import { tableShape } from './tableInput';
import { verifyExpiry } from './verifyExpiry';

const TIMEOUT = { hours: 2 };

const inputSchema = z.object({ ...tableShape, retention: retentionParameter });

type Input = z.output<typeof inputSchema>;

const fingerprintSchema = z.object({ oldestSnapshotId: z.string().nullable() });
const memorySchema = z.object({
  cutoff: z.string().optional(),
  snapshotsBefore: z.number().optional(),
  expiringBefore: z.number().optional(),
});

/** Forgets old snapshots of a table, and removes the files that only they hold. */
export function createExpireSnapshotsAction(options: TrinoActionOptions) {
  const table = tableHooks(options);

  async function look(
    connection: TrinoConnection,
    input: Input,
    signal: AbortSignal,
  ) {
    const retentionMs = await requireRetention({
      connection,
      ref: input,
      procedure: 'expire_snapshots',
      retention: input.retention,
      signal,
    });
    const cutoff = new Date(Date.now() - retentionMs);
    const found = await readExpirableSnapshots({
      connection,
      ref: input,
      cutoff,
      signal,
    });
    return { cutoff, found };
  }

  return createRunbookAction({
    id: 'trino:expire-snapshots',
    title: 'Expire snapshots',
    description:
      'Forgets the old snapshots of an Iceberg table and removes the files that only they hold. The table can then not be read as it was, nor rolled back.',
    verb: 'Expire snapshots',
    risk: 'high',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: { input: inputSchema, output: statementOutput },
    timeout: TIMEOUT,
    ...table.definition,

    async preview({ input, signal }) {
      const { connection, format, history } = await table.open(input);
      requireIceberg(input, { format, what: 'snapshots to expire' });
      const { cutoff, found } = await look(connection, input, signal);
      return {
        content: previewExpiry({
          ref: input,
          retention: input.retention,
          cutoff,
          found,
          current: await history.current(signal),
        }),
        // New commits take nothing from what is shown; another expiry or a moved tag does.
        fingerprint: {
          oldestSnapshotId: found.oldest.at(0)?.id ?? null,
          namedRefs: [...found.namedRefs],
        },
      };
    },

    async execute(context) {
      const { input, signal, remember } = context;
      const { connection } = await table.open(input);
      const { cutoff, found } = await look(connection, input, signal);
      await remember({
        cutoff: cutoff.toISOString(),
        snapshotsBefore: found.snapshots,
        expiringBefore: found.expiring,
      });
      return table.run(context, {
        connection,
        sql: `ALTER TABLE ${quoteTable(
          input,
        )} EXECUTE expire_snapshots(retention_threshold => ${quoteString(
          input.retention,
        )})`,
        timeout: TIMEOUT,
      });
    },

    async verify({ input, signal, memory }) {
      const { connection } = await table.open(input);
      const { cutoff, snapshotsBefore, expiringBefore } =
        memorySchema.parse(memory);
      if (cutoff === undefined) {
        return {
          outcome: 'inconclusive',
          summary:
            'Up to when snapshots were to go was not written down, so that nothing can be compared.',
          metrics: [],
        };
      }
      const found = await readExpirableSnapshots({
        connection,
        ref: input,
        cutoff: new Date(cutoff),
        signal,
      });
      return verifyExpiry({
        before: snapshotsBefore,
        after: found.snapshots,
        left: found.expiring,
        expiring: expiringBefore,
      });
    },

    async reconcile(context) {
      const { input, signal } = context;
      const { connection, history } = await table.open(input);
      const told = await reconcileStatement(context, { connection });
      if (told.state === 'in-progress') return told;
      table.changed(input);
      if (told.state === 'done') return told;
      const { oldestSnapshotId } = fingerprintSchema.parse(context.fingerprint);
      // It leaves no commit: the snapshots that are there tell.
      const isThere =
        oldestSnapshotId === null ||
        (await history.version(oldestSnapshotId, signal)) !== undefined;
      if (isThere) {
        return {
          state: 'not-done',
          reason: `${told.reason} No snapshot has been forgotten.`,
        };
      }
      const queryId = await findRunQueryId(context, connection);
      if (told.state === 'unknown' && queryId !== undefined) {
        return { state: 'done', output: { trinoQueryId: queryId } };
      }
      return told.state === 'unknown'
        ? {
            state: 'unknown',
            reason: `${told.reason} The oldest snapshot, ${oldestSnapshotId}, is gone; who expired it can't be told.`,
          }
        : {
            state: 'partly-done',
            reason: `${told.reason} Snapshots are forgotten; some files that only they held may be left, which trino:remove-orphan-files removes.`,
          };
    },
  });
}
