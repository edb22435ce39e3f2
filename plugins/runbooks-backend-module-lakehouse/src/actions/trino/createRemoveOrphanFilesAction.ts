import { formatTableName } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteString,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { TrinoActionOptions } from './actionContext';
import { numberValue } from './readRows';
import { readMetadataFile } from './readStatistics';
import { reconcileStatement } from './reconcileStatement';
import { requireIceberg } from './requireIceberg';
import { requireRetention, retentionParameter } from './retention';
import { statementOutput, tableHooks } from './tableHooks';
import { tableShape } from './tableInput';
import type { TableVersion } from './TableHistory';

const TIMEOUT = { hours: 4 };

const inputSchema = z.object({ ...tableShape, retention: retentionParameter });

const outputSchema = statementOutput.extend({
  /** What Trino says of how many it removed; only newer versions say it. */
  removedFiles: z.number().optional(),
});

/** As newer versions of Trino answer; 476 answers no rows. Source: the Iceberg connector’s manual, remove_orphan_files. */
const metricSchema = z.object({
  metric_name: z.string(),
  metric_value: numberValue,
});

/** Removes files under a table's location that it does not know. */
export function createRemoveOrphanFilesAction(options: TrinoActionOptions) {
  const table = tableHooks(options);

  return createRunbookAction({
    id: 'trino:remove-orphan-files',
    title: 'Remove orphan files',
    description:
      'Removes the files under an Iceberg table’s location that no snapshot of it knows, such as those of writes that failed.',
    verb: 'Remove orphan files',
    risk: 'high',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: { input: inputSchema, output: outputSchema },
    timeout: TIMEOUT,
    ...table.definition,

    async preview({ input, signal }) {
      const { connection, format, history } = await table.open(input);
      requireIceberg(input, { format, what: 'orphan files to remove' });
      await requireRetention({
        connection,
        ref: input,
        procedure: 'remove_orphan_files',
        retention: input.retention,
        signal,
      });
      const current = await history.current(signal);
      const location = await locationOf(connection, input, signal);
      const place = location ?? 'the table’s location';
      return {
        content: {
          summary: `Removes all files below ${place} that ${formatTableName(
            input,
          )} does not know and that are older than ${
            input.retention
          }. Which these are can't be told beforehand. This can't be undone.`,
          changes: [
            {
              label: 'Data files that the table knows',
              before: current.dataFiles,
              after: current.dataFiles,
              unit: 'files',
            },
            {
              label: 'Their size',
              before: current.sizeBytes,
              after: current.sizeBytes,
              unit: 'bytes',
            },
          ],
          untouched: [
            'All files of all snapshots that the table knows, its rows and its history.',
            `Files that are younger than ${input.retention}.`,
          ],
          warnings: [
            'Trino finds and removes them in one go: there is no dry run.',
            `If another table, or anything else, keeps files below ${place}, those are removed too. Make sure that the place is this table's alone.`,
            `A write that has been at work for longer than ${input.retention} would lose its files.`,
          ],
        },
        fingerprint: { location: location ?? null },
      };
    },

    async execute(context) {
      const { connection } = await table.open(context.input);
      let removedFiles: number | undefined;
      const { trinoQueryId } = await table.run(context, {
        connection,
        sql: `ALTER TABLE ${quoteTable(
          context.input,
        )} EXECUTE remove_orphan_files(retention_threshold => ${quoteString(
          context.input.retention,
        )})`,
        timeout: TIMEOUT,
        answered: ({ rows }) => {
          for (const row of rows) {
            const metric = metricSchema.safeParse(row).data;
            if (!metric) continue;
            context.log.info(
              `${metric.metric_name}: ${metric.metric_value ?? 'unknown'}`,
            );
            if (metric.metric_name === 'deleted_files_count') {
              removedFiles = metric.metric_value;
            }
          }
        },
      });
      return removedFiles === undefined
        ? { trinoQueryId }
        : { trinoQueryId, removedFiles };
    },

    async verify({ input, output, signal }) {
      const { history } = await table.open(input);
      return verifyRemoval(output, await history.current(signal));
    },

    async reconcile(context) {
      const { connection } = await table.open(context.input);
      const told = await reconcileStatement(context, { connection });
      if (told.state !== 'in-progress') table.changed(context.input);
      if (told.state === 'done' || told.state === 'in-progress') return told;
      // Also when Trino no longer knows: what was removed stays removed, and nothing else goes.
      return {
        state: 'partly-done',
        reason: `${told.reason} Some orphan files may be gone already; running it again removes the rest.`,
      };
    },
  });
}

async function locationOf(
  connection: TrinoConnection,
  ref: z.output<typeof inputSchema>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const file = await readMetadataFile(connection, ref, signal);
  const end = file?.lastIndexOf('/metadata/') ?? -1;
  return end > 0 ? file?.slice(0, end) : undefined;
}

/** Orphan files stand in no metadata: only Trino itself can tell how many went. */
function verifyRemoval(
  { trinoQueryId, removedFiles }: z.output<typeof outputSchema>,
  current: TableVersion,
) {
  const metrics = [
    ...(removedFiles === undefined
      ? []
      : [
          {
            label: 'Orphan files removed',
            unit: 'files' as const,
            after: removedFiles,
          },
        ]),
    {
      label: 'Data files that the table knows',
      unit: 'files' as const,
      after: current.dataFiles,
    },
  ];
  return removedFiles === undefined
    ? {
        outcome: 'inconclusive' as const,
        summary: `Trino finished query ${trinoQueryId} without an error. This version does not tell how many files it removed; compare the storage's own figures.`,
        metrics,
      }
    : {
        outcome: 'verified' as const,
        summary: `${removedFiles} orphan files removed.`,
        metrics,
      };
}
