import { InputError } from '@backstage/errors';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteString,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { MAX_NAME_LENGTH, type TrinoActionOptions } from './actionContext';
import { previewStatistics } from './previewStatistics';
import {
  readMetadataFile,
  readStatistics,
  type TableStatistics,
} from './readStatistics';
import { reconcileStatement } from './reconcileStatement';
import { statementOutput, tableHooks } from './tableHooks';
import { tableFormat, tableShape } from './tableInput';
import { verifyStatistics } from './verifyStatistics';

const TIMEOUT = { minutes: 30 };

const inputSchema = z.object({
  ...tableShape,
  columns: z
    .array(z.string().min(1).max(MAX_NAME_LENGTH))
    .min(1)
    .max(500)
    .optional()
    .meta({
      title: 'Columns',
      description: 'Only these columns; all of them unless given',
    }),
});

const memorySchema = z.object({
  columnsBefore: z.number().optional(),
  metadataFileBefore: z.string().optional(),
});

/** Collects fresh statistics of a table. */
export function createAnalyzeTableAction(options: TrinoActionOptions) {
  const { connections } = options;
  const table = tableHooks(options);
  return createRunbookAction({
    id: 'trino:analyze-table',
    title: 'Refresh statistics',
    description:
      'Reads a table and writes fresh statistics, by which Trino plans its queries.',
    verb: 'Refresh statistics',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: { input: inputSchema, output: statementOutput },
    timeout: TIMEOUT,
    ...table.definition,

    async preview({ input, signal }) {
      const { connection, format, history } = await table.open(input);
      const statistics = await readStatistics(connection, input, signal);
      const columns = wantedColumns(statistics, input.columns);
      const current = await history.current(signal);
      return {
        content: previewStatistics(input, {
          statistics,
          columns,
          sizeBytes: current.sizeBytes,
        }),
        fingerprint: {
          format,
          columns: statistics.columns.map(({ name }) => name).sort(),
        },
      };
    },

    async execute(context) {
      const { input, signal, remember } = context;
      const connection = connections.get(input.connection);
      const before = await readStatistics(connection, input, signal);
      const file = await metadataFile(connection, input, signal);
      await remember({
        columnsBefore: countKnown(before, input.columns),
        ...(file === undefined ? {} : { metadataFileBefore: file }),
      });
      const list = input.columns?.map(quoteString).join(', ');
      return table.run(context, {
        connection,
        sql: `ANALYZE ${quoteTable(input)}${
          list ? ` WITH (columns = ARRAY[${list}])` : ''
        }`,
        timeout: TIMEOUT,
      });
    },

    async verify({ input, signal, memory }) {
      const connection = connections.get(input.connection);
      const { columnsBefore, metadataFileBefore } = memorySchema.parse(memory);
      const statistics = await readStatistics(connection, input, signal);
      const file = await metadataFile(connection, input, signal);
      return verifyStatistics({
        before: columnsBefore,
        after: countKnown(statistics, input.columns),
        of: wantedColumns(statistics, input.columns).length,
        rewritten:
          file === undefined || metadataFileBefore === undefined
            ? undefined
            : file !== metadataFileBefore,
      });
    },

    async reconcile(context) {
      const { input } = context;
      const truth = await reconcileStatement(context, {
        connection: connections.get(input.connection),
      });
      if (truth.state === 'done') table.changed(input);
      if (truth.state !== 'unknown') return truth;
      return {
        state: 'not-done',
        reason: `${truth.reason} Statistics can be collected again without harm.`,
      };
    },
  });
}

/** @throws InputError that names the columns that are not there */
function wantedColumns(
  statistics: TableStatistics,
  columns: readonly string[] | undefined,
): string[] {
  const all = statistics.columns.map(({ name }) => name);
  const missing = columns?.filter(column => !all.includes(column)) ?? [];
  if (missing.length > 0) {
    throw new InputError(
      `columns: the table has no ${missing.join(', ')}. It has ${all.join(
        ', ',
      )}.`,
    );
  }
  return columns ? [...columns] : all;
}

function countKnown(
  statistics: TableStatistics,
  columns: readonly string[] | undefined,
): number {
  return statistics.columns.filter(
    ({ name, distinctValues }) =>
      distinctValues !== undefined && (columns?.includes(name) ?? true),
  ).length;
}

async function metadataFile(
  connection: TrinoConnection,
  ref: TableRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  const format = await tableFormat(connection, ref);
  return format === 'iceberg'
    ? readMetadataFile(connection, ref, signal)
    : undefined;
}
