import {
  type TrinoConnection,
  TrinoQueryError,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { TrinoActionOptions } from './actionContext';
import { countDeltaFiles } from './countDeltaFiles';
import { DATA_SIZE, dataSizeBytes } from './dataSize';
import { estimateCompaction } from './estimateCompaction';
import { optimizeStatement } from './optimizeStatement';
import { partitionFilterSchema } from './partitionFilter';
import { previewCompaction } from './previewCompaction';
import { reconcileCommit } from './reconcileCommit';
import { statementOutput, tableHooks } from './tableHooks';
import { tableShape } from './tableInput';
import { verifyCompaction } from './verifyCompaction';

const TIMEOUT = { hours: 2 };

const inputSchema = z.object({
  ...tableShape,
  fileSizeThreshold: z
    .string()
    .regex(DATA_SIZE, 'must be a size such as 100MB (units B, kB, MB, GB, TB)')
    .default('100MB')
    .meta({
      title: 'Size threshold',
      description: 'Files below this size are rewritten into bigger ones',
    }),
  where: partitionFilterSchema.optional().meta({
    title: 'Partitions',
    description:
      'Only partitions for which all of these hold; all partitions unless given',
  }),
});

type Input = z.output<typeof inputSchema>;

const fingerprintSchema = z.object({ snapshotId: z.string() });
const memorySchema = z.object({ filesBefore: z.number().optional() });

/** Rewrites small files of a table into bigger ones. */
export function createOptimizeTableAction(options: TrinoActionOptions) {
  const table = tableHooks(options);

  return createRunbookAction({
    id: 'trino:optimize-table',
    title: 'Compact table',
    description:
      'Rewrites the small files of a table into bigger ones, so that queries open fewer.',
    verb: 'Compact',
    risk: 'medium',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: { input: inputSchema, output: statementOutput },
    timeout: TIMEOUT,
    ...table.definition,

    async preview({ input, signal }) {
      const { connection, format, history } = await table.open(input);
      const current = await history.current(signal);
      const statement = await optimizeStatement({
        connection,
        ref: input,
        fileSizeThreshold: input.fileSizeThreshold,
        where: input.where,
        signal,
      });
      if (input.where) {
        // Trino tells while it plans whether the filter fits the partitions.
        await connection.query(`EXPLAIN ${statement.sql}`, { signal });
      }
      const estimate =
        format === 'iceberg'
          ? await estimateIfPossible(connection, input, {
              where: statement.filesWhere,
              signal,
            })
          : undefined;
      const { files } =
        format === 'delta'
          ? await countDeltaFiles({ connection, ref: input, signal })
          : { files: current.dataFiles };
      return {
        content: previewCompaction({
          ref: input,
          fileSizeThreshold: input.fileSizeThreshold,
          current,
          estimate,
          files,
          now: new Date(),
        }),
        fingerprint: { snapshotId: current.id },
      };
    },

    async execute(context) {
      const { input, signal, remember } = context;
      const { connection, format } = await table.open(input);
      if (format === 'delta') {
        const { files } = await countDeltaFiles({
          connection,
          ref: input,
          signal,
        });
        if (files !== undefined) await remember({ filesBefore: files });
      }
      const { sql } = await optimizeStatement({
        connection,
        ref: input,
        fileSizeThreshold: input.fileSizeThreshold,
        where: input.where,
        signal,
      });
      return table.run(context, { connection, sql, timeout: TIMEOUT });
    },

    async verify(context) {
      const { input, signal, output } = context;
      const { connection, format, history } = await table.open(input);
      const { snapshotId } = fingerprintSchema.parse(context.fingerprint);
      const commit = await history.committedBy(output.trinoQueryId, signal);
      const before = await history.version(
        commit?.parentId ?? snapshotId,
        signal,
      );
      if (format === 'iceberg') return verifyCompaction({ before, commit });
      const { filesBefore } = memorySchema.parse(context.memory);
      const { files } = await countDeltaFiles({
        connection,
        ref: input,
        signal,
      });
      return verifyCompaction({
        before: { id: snapshotId, ...before, dataFiles: filesBefore },
        commit: commit && { ...commit, dataFiles: files },
      });
    },

    async reconcile(context) {
      const { connection, history } = await table.open(context.input);
      return reconcileCommit(context, {
        connection,
        history,
        changed: table.changed,
      });
    },
  });
}

/** Partitions by anything but a column's own value can't be estimated by that column. */
async function estimateIfPossible(
  connection: TrinoConnection,
  input: Input,
  options: { where?: string; signal: AbortSignal },
) {
  const thresholdBytes = dataSizeBytes(input.fileSizeThreshold);
  if (thresholdBytes === undefined) return undefined;
  try {
    return await estimateCompaction({
      connection,
      ref: input,
      thresholdBytes,
      ...options,
    });
  } catch (error) {
    if (options.where && error instanceof TrinoQueryError) return undefined;
    throw error;
  }
}
