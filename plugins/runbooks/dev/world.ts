import type {
  PreviewContent,
  RunbookSummary,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  aCompaction,
  aCompactionPreview,
  aRunbook,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';

export const queryTarget: RunTarget = {
  system: 'trino',
  connection: 'analytics',
  kind: 'query',
  name: '20261121_101530_00042_x7k2p',
};

export const runbooks: RunbookSummary[] = [
  aRunbook({
    parametersSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        connection: { type: 'string' },
        queryId: { type: 'string' },
        message: {
          type: 'string',
          minLength: 1,
          maxLength: 500,
          description: 'The user of the query sees this as its error.',
        },
      },
      required: ['connection', 'queryId', 'message'],
      additionalProperties: false,
    },
  }),
  aCompaction({
    description: 'Rewrites the small files of a table into large ones.',
    parametersSchema: {
      type: 'object',
      properties: {
        connection: { type: 'string' },
        table: { type: 'string' },
        fileSizeThreshold: {
          type: 'string',
          default: '100MB',
          pattern: '^[0-9]+(kB|MB|GB)$',
          description: 'Files smaller than this are rewritten.',
        },
        where: {
          type: 'string',
          description: 'Only partitions for which this holds.',
        },
      },
      required: ['connection', 'table'],
    },
  }),
  aCompaction({
    id: 'trino:analyze-table',
    title: 'Refresh statistics',
    description: 'Collects the statistics that the optimiser plans with.',
    verb: 'Refresh statistics of',
    parametersSchema: {
      type: 'object',
      properties: {
        connection: { type: 'string' },
        table: { type: 'string' },
        columns: { type: 'array', items: { type: 'string' } },
      },
      required: ['connection', 'table'],
    },
  }),
];

export const contents: Record<string, PreviewContent> = {
  'trino:kill-query': {
    summary: `Query ${queryTarget.name} of nightly-export ends; its client sees your message.`,
    changes: [
      { label: 'State', before: 'RUNNING', after: 'FAILED', unit: 'text' },
      { label: 'Running for', before: 1_485_000, unit: 'ms' },
      { label: 'Memory held', before: 8_912_345_678, after: 0, unit: 'bytes' },
    ],
    untouched: ['All other queries of nightly-export'],
    warnings: ['It has written 1.2 GiB that it will have to write again.'],
  },
  'trino:optimize-table': {
    summary: 'lake.gold.daily_sales gets about 9 files instead of 300.',
    changes: [
      ...aCompactionPreview().content.changes,
      {
        label: 'Rewritten',
        before: 0,
        after: '1288490188',
        unit: 'bytes',
        estimated: true,
      },
    ],
    samples: {
      columns: ['file', 'size'],
      rows: Array.from({ length: 12 }, (_, n) => [
        `data/day=2026-11-${10 + n}/20261121_0${n}-a8f3c2e1.parquet`,
        `${3 + n} MiB`,
      ]),
      total: 300,
    },
    untouched: ['Rows and schema', 'Old snapshots: time travel still works'],
    warnings: [],
  },
};
