import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import {
  formatTableName,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteString,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  PreviewContent,
  Verification,
} from '@lakehouse-ops/plugin-runbooks-common';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { MAX_NAME_LENGTH, type TrinoActionOptions } from './actionContext';
import { formatBytes } from './formatBytes';
import { preflightTrino } from './preflightTrino';
import {
  readMetadataFile,
  readStatistics,
  type TableStatistics,
} from './readStatistics';
import { reconcileStatement } from './reconcileStatement';
import { runTrackedStatement } from './runTrackedStatement';
import { tableHistory } from './TableHistory';
import {
  tableFormat,
  tableLockKeys,
  tableShape,
  tableTarget,
} from './tableInput';

const TIMEOUT = { minutes: 30 };
/** Reading more than this deserves a warning. */
const BIG_BYTES = 100 * 1024 ** 3;

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
export function createAnalyzeTableAction({
  connections,
  tableChanged,
}: TrinoActionOptions) {
  return createRunbookAction({
    id: 'trino:analyze-table',
    title: 'Refresh statistics',
    description:
      'Reads a table and writes fresh statistics, by which Trino plans its queries.',
    verb: 'Refresh statistics',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: inputSchema,
      output: z.object({ trinoQueryId: z.string() }),
    },
    timeout: TIMEOUT,
    target: tableTarget,
    lockKeys: tableLockKeys,
    preflight: ({ target }) => preflightTrino({ connections, target }),

    async preview({ input, signal }) {
      const connection = connections.get(input.connection);
      const format = await tableFormat(connection, input);
      const statistics = await readStatistics(connection, input, signal);
      const columns = wantedColumns(statistics, input.columns);
      const current = await tableHistory(connection, input, format).current(
        signal,
      );
      return {
        content: previewOf(input, {
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
      try {
        const trinoQueryId = await runTrackedStatement(context, {
          connection,
          sql: `ANALYZE ${quoteTable(input)}${
            list ? ` WITH (columns = ARRAY[${list}])` : ''
          }`,
          timeoutMs: durationToMilliseconds(TIMEOUT),
        });
        return { trinoQueryId };
      } finally {
        tableChanged(tableOf(input));
      }
    },

    async verify({ input, signal, memory }) {
      const connection = connections.get(input.connection);
      const { columnsBefore, metadataFileBefore } = memorySchema.parse(memory);
      const statistics = await readStatistics(connection, input, signal);
      const file = await metadataFile(connection, input, signal);
      return verificationOf({
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
      if (truth.state === 'done') tableChanged(tableOf(input));
      if (truth.state !== 'unknown') return truth;
      return {
        state: 'not-done',
        reason: `${truth.reason} Statistics can be collected again without harm.`,
      };
    },
  });
}

function tableOf({ connection, catalog, schema, table }: TableRef): TableRef {
  return { connection, catalog, schema, table };
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

function previewOf(
  ref: TableRef,
  facts: {
    statistics: TableStatistics;
    columns: string[];
    sizeBytes: number | undefined;
  },
): PreviewContent {
  const { statistics, columns, sizeBytes } = facts;
  const rows = statistics.rows?.toLocaleString('en') ?? 'all';
  const size = sizeBytes === undefined ? '' : ` (${formatBytes(sizeBytes)})`;
  const known = new Map(
    statistics.columns.map(each => [each.name, each.distinctValues]),
  );
  return {
    summary: `Reads ${rows} rows of ${formatTableName(
      ref,
    )}${size} and writes fresh statistics of ${columns.length} columns.`,
    changes: [
      {
        label: 'Columns with known distinct values',
        before: columns.filter(name => known.get(name) !== undefined).length,
        after: columns.length,
        unit: 'count',
        estimated: true,
      },
      ...(sizeBytes === undefined
        ? []
        : [
            {
              label: 'Size of the table',
              before: sizeBytes,
              after: sizeBytes,
              unit: 'bytes' as const,
            },
          ]),
    ],
    samples: {
      columns: ['Column', 'Distinct values now'],
      rows: columns
        .slice(0, 20)
        .map(name => [name, known.get(name)?.toLocaleString('en') ?? '–']),
      total: columns.length,
    },
    untouched: ['Data, files and snapshots of the table.'],
    warnings:
      sizeBytes !== undefined && sizeBytes > BIG_BYTES
        ? [
            `This reads up to ${formatBytes(
              sizeBytes,
            )}; name only the columns that queries join or filter by, or run it at a quiet time.`,
          ]
        : [],
  };
}

function verificationOf(facts: {
  before: number | undefined;
  after: number;
  of: number;
  rewritten: boolean | undefined;
}): Verification {
  const { before, after, of, rewritten } = facts;
  const metrics = [
    {
      label: 'Columns with known distinct values',
      unit: 'count' as const,
      before,
      after,
      better: 'higher' as const,
    },
  ];
  if (rewritten === false) {
    return {
      outcome: 'not-verified',
      summary: 'Trino ended ANALYZE, but wrote no new statistics.',
      metrics,
    };
  }
  if (after === 0 && of > 0) {
    return {
      outcome: 'inconclusive',
      summary: `Trino ended ANALYZE, but knows the distinct values of none of ${of} columns.`,
      metrics,
    };
  }
  return {
    outcome: 'verified',
    summary: `Fresh statistics are written; the distinct values of ${after} of ${of} columns are known${
      before === undefined ? '' : ` (before: ${before})`
    }.`,
    metrics,
  };
}
