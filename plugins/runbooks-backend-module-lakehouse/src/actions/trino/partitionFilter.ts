import { InputError } from '@backstage/errors';
import {
  quoteIdentifier,
  quoteString,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

const OPERATORS = ['=', '<>', '<', '<=', '>', '>='] as const;

/** Conditions on partition columns; all of them must hold. */
export const partitionFilterSchema = z
  .array(
    z.object({
      column: z.string().min(1).max(255).meta({ description: 'Unquoted' }),
      operator: z.enum(OPERATORS),
      value: z
        .string()
        .max(1000)
        .meta({ description: 'As text, for example 2026-11-21' }),
    }),
  )
  .min(1)
  .max(20);

/** Conditions on partition columns. */
export type PartitionFilter = z.output<typeof partitionFilterSchema>;

interface LiteralKind {
  readonly pattern: RegExp;
  readonly example: string;
  readonly write: (value: string) => string;
}

const DATE = String.raw`\d{4,6}-\d\d-\d\d`;
const TIME = String.raw`\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?`;

const WHOLE: LiteralKind = {
  pattern: /^-?\d{1,19}$/,
  example: '42',
  write: value => value,
};
const TEXT: LiteralKind = {
  pattern: /^[^]*$/,
  example: 'text',
  write: quoteString,
};

/** How a value is written, by the first words of its column's type. */
const KINDS: ReadonlyArray<readonly [RegExp, LiteralKind]> = [
  [/^(?:tinyint|smallint|integer|bigint)$/, WHOLE],
  [/^(?:varchar|char)\b/, TEXT],
  [/^decimal\b/, typed('DECIMAL', /^-?\d{1,38}(?:\.\d{1,38})?$/, '12.50')],
  [
    /^(?:double|real)$/,
    typed('DOUBLE', /^-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/, '1.5'),
  ],
  [
    /^boolean$/,
    { pattern: /^(?:true|false)$/, example: 'true', write: value => value },
  ],
  [/^date$/, typed('DATE', new RegExp(`^${DATE}$`), '2026-11-21')],
  [
    /^timestamp(?:\(\d+\))? with time zone$/,
    typed(
      'TIMESTAMP',
      new RegExp(`^${DATE} ${TIME} [A-Za-z_/+\\-:\\d]{1,40}$`),
      '2026-11-21 10:00:00 UTC',
    ),
  ],
  [
    /^timestamp(?:\(\d+\))?$/,
    typed(
      'TIMESTAMP',
      new RegExp(`^${DATE}(?: ${TIME})?$`),
      '2026-11-21 10:00:00',
    ),
  ],
  [
    /^uuid$/,
    typed(
      'UUID',
      /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
      '12151fd2-7586-11e9-8f9e-2a86e4085a59',
    ),
  ],
];

function typed(type: string, pattern: RegExp, example: string): LiteralKind {
  return { pattern, example, write: value => `${type} ${quoteString(value)}` };
}

/**
 * Writes conditions as SQL. Names and values are quoted by what Trino says of
 * each column; nothing of them is passed on as it came.
 *
 * @param columns - the table's columns and their types
 * @param quoteColumn - how a column is named where the SQL is to stand
 * @throws InputError that names the condition
 */
export function partitionFilterSql(
  filter: PartitionFilter,
  columns: ReadonlyMap<string, string>,
  quoteColumn: (name: string) => string = quoteIdentifier,
): string {
  return filter
    .map(({ column, operator, value }, index) => {
      const type = columns.get(column);
      if (type === undefined) {
        throw new InputError(
          `where.${index}.column: the table has no column '${column}'. It has ${[
            ...columns.keys(),
          ].join(', ')}.`,
        );
      }
      const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1];
      if (!kind) {
        throw new InputError(
          `where.${index}.column: '${column}' is of type ${type}, by which partitions can't be chosen here.`,
        );
      }
      if (!kind.pattern.test(value)) {
        throw new InputError(
          `where.${index}.value: '${value}' is no ${type}. Write it like ${kind.example}.`,
        );
      }
      return `${quoteColumn(column)} ${operator} ${kind.write(value)}`;
    })
    .join(' AND ');
}
