import {
  formatTableName,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { formatBytes } from '../shared/formatBytes';
import type { TableStatistics } from './readStatistics';

/** Reading more than this deserves a warning. */
const BIG_BYTES = 100 * 1024 ** 3;

/** Tells what collecting statistics would read and write. */
export function previewStatistics(
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
