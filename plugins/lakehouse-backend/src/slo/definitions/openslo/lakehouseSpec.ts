import { z } from 'zod';
import { fields, optional, quote } from '../yaml/fields';
import { didYouMean } from '../yaml/nearestName';
import { INDICATORS } from './indicators';

const PATTERN_MAX = 300;
const BAD_ERRORS_MAX = 50;
const UNITS = [
  'ms',
  's',
  'm',
  'h',
  'd',
  'percent',
  'ratio',
  'count',
  'bytes',
] as const;
const ERROR_TYPES = [
  'USER_ERROR',
  'INTERNAL_ERROR',
  'INSUFFICIENT_RESOURCES',
  'EXTERNAL',
];

const pattern = z
  .string()
  .min(1, { error: 'The filter is empty, so nothing would match. Remove it.' })
  .max(PATTERN_MAX, {
    error: `The filter is longer than ${PATTERN_MAX} characters. Shorten it with *.`,
  });

const where = fields({
  user: optional(pattern),
  source: optional(pattern),
  clientTag: optional(pattern),
  resourceGroup: optional(pattern),
  queryType: optional(pattern),
  table: optional(
    pattern.refine(
      text => /^[^.\s]+(\.[^.\s]+){2}$/.test(text) || text === '*',
      {
        error: issue =>
          `${quote(
            issue.input,
          )} names no table. Write catalog.schema.table, with * for any text, such as iceberg.gold.*`,
      },
    ),
  ),
  prefix: optional(pattern),
  alert: optional(pattern),
  dashboard: optional(pattern),
});

export const unit = z.enum(UNITS, {
  error: issue =>
    `${quote(issue.input)} is no unit.${didYouMean(
      String(issue.input),
      UNITS,
    )} Write one of ${UNITS.join(', ')}.`,
});

/** The `spec` of a metric source of type `lakehouse`, as it is written. */
export const lakehouseSpec = fields({
  indicator: z.string({
    error: `The indicator is missing, so nobody knows what to measure. Write one of ${Object.keys(
      INDICATORS,
    ).join(', ')}.`,
  }),
  connection: optional(z.string()),
  cluster: optional(z.string()),
  where: optional(where),
  unit: optional(unit),
  badErrors: optional(
    z
      .array(
        z.string().regex(/^[A-Z][A-Z0-9_]{0,127}$/, {
          error: issue =>
            `${quote(
              issue.input,
            )} is no error of Trino. Write a type (${ERROR_TYPES.join(
              ', ',
            )}) or a name such as EXCEEDED_TIME_LIMIT.`,
        }),
      )
      .min(1, {
        error:
          'The list is empty, so no error would count as bad. Write at least one, or leave badErrors out.',
      })
      .max(BAD_ERRORS_MAX),
  ),
  column: optional(z.string().min(1).max(PATTERN_MAX)),
  expectedWorkers: optional(z.int().min(1).max(100_000)),
});

export type LakehouseSpec = z.output<typeof lakehouseSpec>;
