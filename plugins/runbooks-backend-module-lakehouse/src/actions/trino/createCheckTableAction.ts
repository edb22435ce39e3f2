import { formatTableName } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { formatBytes } from '../shared/formatBytes';
import type { TrinoActionOptions } from './actionContext';
import { DATA_SIZE } from './dataSize';
import { explainTrinoError } from './explainTrinoError';
import { readTableState, tableStateSchema } from './readTableState';
import { tableHooks } from './tableHooks';
import { tableShape } from './tableInput';
import { TRINO_DURATION } from './trinoDuration';

const inputSchema = z.object({
  ...tableShape,
  fileSizeThreshold: z.string().regex(DATA_SIZE).default('100MB').meta({
    title: 'Small is below',
    description: 'A size such as 100MB',
  }),
  retention: z.string().regex(TRINO_DURATION).default('7d').meta({
    title: 'Old is beyond',
    description: 'An age such as 7d',
  }),
});

/** Looks at files, snapshots and statistics of a table. */
export function createCheckTableAction(options: TrinoActionOptions) {
  const table = tableHooks(options);
  return createCheckAction({
    id: 'trino:check-table',
    title: 'Check table',
    description:
      'Tells of a table how many files are small, how many snapshots are old, and how fresh its statistics are.',
    schema: { input: inputSchema, output: tableStateSchema },
    timeout: { minutes: 5 },
    target: table.definition.target,
    preflight: table.definition.preflight,

    async look({ input, signal }) {
      try {
        const opened = await table.open(input);
        return await readTableState({ ...opened, input, signal });
      } catch (error) {
        throw explainTrinoError(error);
      }
    },

    report(input, output) {
      const size =
        output.sizeBytes === undefined
          ? ''
          : ` (${formatBytes(output.sizeBytes)})`;
      return {
        summary: `${formatTableName(input)} has ${
          output.dataFiles ?? 'an unknown number of'
        } data files${size}${
          output.smallFilePercent === undefined
            ? ''
            : `, ${output.smallFilePercent} % of them below ${input.fileSizeThreshold}`
        }${
          output.snapshots === undefined
            ? ''
            : `, ${output.snapshots} snapshots, ${output.oldSnapshots} older than ${input.retention}`
        }, and statistics of ${output.columnsWithStatistics} of ${
          output.columns
        } columns.`,
        metrics: [
          {
            label: 'Data files',
            unit: 'files',
            after: output.dataFiles,
            better: 'lower',
          },
          {
            label: 'Small files',
            unit: 'percent',
            after: output.smallFilePercent,
            better: 'lower',
          },
          {
            label: 'Snapshots',
            unit: 'count',
            after: output.snapshots,
            better: 'lower',
          },
          {
            label: 'Columns with statistics',
            unit: 'count',
            after: output.columnsWithStatistics,
            better: 'higher',
          },
          {
            label: 'Rows changed since the statistics',
            unit: 'percent',
            after: output.rowsSinceStatisticsPercent,
            better: 'lower',
          },
        ],
      };
    },
  });
}
