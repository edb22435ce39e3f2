import { ConflictError } from '@backstage/errors';
import type { TrinoResult } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { quoteString } from '@lakehouse-ops/plugin-lakehouse-node';
import { createCheckAction } from '../shared/createCheckAction';
import type { TrinoActionOptions } from './actionContext';
import { clusterShape, clusterTarget } from './connectionInput';
import { preflightTrino } from './preflightTrino';
import { readOnlySql } from './readOnlySql';
import { sqlLiteral } from './sqlLiteral';

const MAX_SQL_LENGTH = 8000;
const MAX_PARAMETERS = 50;
const MAX_TEXT_LENGTH = 2000;
const MAX_ROWS = 100;
const MAX_BYTES = 256 * 1024;
const MAX_SECONDS = 300;
const SHOWN_ROWS = 20;

const inputSchema = z.object({
  ...clusterShape,
  sql: z.string().min(1).max(MAX_SQL_LENGTH).meta({
    title: 'Statement',
    description:
      'One statement that reads: SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN. Values stand as ? and are given apart.',
  }),
  parameters: z
    .array(
      z.union([
        z.string().max(MAX_TEXT_LENGTH),
        z.number(),
        z.boolean(),
        z.null(),
      ]),
    )
    .max(MAX_PARAMETERS)
    .default([])
    .meta({ title: 'Values', description: 'One for each ?, in their order' }),
  maxRows: z.number().int().min(1).max(MAX_ROWS).default(20).meta({
    title: 'Rows',
    description: 'At most so many rows are kept',
  }),
  timeoutSeconds: z.number().int().min(1).max(MAX_SECONDS).default(30).meta({
    title: 'Seconds',
    description: 'It is cancelled when it takes longer',
  }),
});

type Input = z.output<typeof inputSchema>;

const rowsSchema = z.array(z.record(z.string(), z.json()));

const outputSchema = z.object({
  rows: rowsSchema,
  /** Rows that are kept. */
  count: z.number(),
  /** There were more. */
  truncated: z.boolean(),
  /** First column of the first row, for assertions. */
  value: z.json(),
  elapsedMs: z.number(),
});

/** Asks a cluster one question in SQL. */
export function createCheckSqlAction({ connections }: TrinoActionOptions) {
  async function ask(input: Input, signal: AbortSignal): Promise<TrinoResult> {
    const sql = await checked(input, signal);
    const result = await connections.get(input.connection).query(sql, {
      ...limitsOf(input),
      maxRows: input.maxRows,
      maxBytes: MAX_BYTES,
      onLimit: 'truncate',
      signal,
    });
    if (result.updateType !== undefined) {
      throw new ConflictError(
        `Trino ${input.connection} took the statement for ${result.updateType}, not for a question. Look at query ${result.queryId} there, and write a SELECT.`,
      );
    }
    return result;
  }

  /** @returns what is to be sent, once Trino found that it is a query of this shape */
  async function checked(input: Input, signal: AbortSignal): Promise<string> {
    const { sql, isQuery } = readOnlySql(input.sql);
    const bound = input.parameters.length
      ? `EXECUTE IMMEDIATE ${quoteString(sql)} USING ${input.parameters
          .map(sqlLiteral)
          .join(', ')}`
      : sql;
    if (isQuery && input.parameters.length === 0) {
      await connections
        .get(input.connection)
        .query(`EXPLAIN (TYPE VALIDATE) ${sql}`, {
          ...limitsOf(input),
          signal,
        });
    }
    return bound;
  }

  return createCheckAction({
    id: 'trino:check',
    title: 'Ask Trino',
    description:
      'Runs one SQL statement that only reads, and tells its rows and how long it took.',
    verb: 'Ask',
    schema: { input: inputSchema, output: outputSchema },
    timeout: { seconds: MAX_SECONDS + 30 },
    target: clusterTarget,
    preflight: ({ target }) => preflightTrino({ connections, target }),

    // Previews are free to more people than runs are: this one tells no rows.
    async preview({ input, signal }) {
      await checked(input, signal);
      return {
        summary: `Runs one statement that only reads on Trino ${input.connection}, and keeps at most ${input.maxRows} rows.`,
        samples: {
          columns: ['Statement'],
          rows: [[input.sql]],
          total: 1,
        },
      };
    },

    async look({ input, signal }) {
      const { rows, truncated, elapsedMs } = await ask(input, signal);
      const kept = rowsSchema.parse(rows);
      return {
        rows: kept,
        count: kept.length,
        truncated,
        value: firstValue(kept),
        elapsedMs,
      };
    },

    report(input, { rows, count, truncated, value, elapsedMs }) {
      const columns = Object.keys(rows.at(0) ?? {});
      return {
        summary: `Trino ${input.connection} answered ${count}${
          truncated ? ' or more' : ''
        } rows in ${elapsedMs} ms${
          count === 1 && columns.length === 1 ? `: ${textOf(value)}` : ''
        }.`,
        metrics: [
          { label: 'Rows', unit: 'count', after: count },
          { label: 'Time', unit: 'ms', after: elapsedMs, better: 'lower' },
        ],
        samples: {
          columns,
          rows: rows
            .slice(0, SHOWN_ROWS)
            .map(row => columns.map(column => textOf(row[column]))),
          total: count,
        },
      };
    },
  });
}

/** Trino ends it as well, should nobody be there to cancel it. */
function limitsOf({ timeoutSeconds }: Input) {
  return {
    timeoutMs: timeoutSeconds * 1000,
    session: { query_max_run_time: `${timeoutSeconds}s` },
  };
}

function firstValue(rows: z.output<typeof rowsSchema>) {
  const [first] = rows;
  return first ? Object.values(first).at(0) ?? null : null;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
