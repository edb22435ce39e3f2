import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { type PartitionFilter, partitionFilterSql } from './partitionFilter';

const columns = new Map([
  ['day', 'date'],
  ['name', 'varchar'],
  ['n', 'bigint'],
  ['price', 'decimal(12,2)'],
  ['ok', 'boolean'],
  ['at', 'timestamp(6)'],
  ['at_zone', 'timestamp(6) with time zone'],
  ['ratio', 'double'],
  ['id', 'uuid'],
  ['tags', 'array(varchar)'],
  ['odd "name', 'char(3)'],
]);

function sqlOf(
  column: string,
  value: string,
  operator: PartitionFilter[number]['operator'] = '=',
) {
  return partitionFilterSql([{ column, operator, value }], columns);
}

/** A refusal is as good as a harmless condition. */
function sqlUnlessRefused(column: string, value: string): string {
  try {
    return sqlOf(column, value);
  } catch (error) {
    if (error instanceof InputError) return '"x" = 1';
    throw error;
  }
}

describe('partitionFilterSql', () => {
  it.each([
    ['day', '2026-11-21', `"day" = DATE '2026-11-21'`],
    ['name', "O'Brien", `"name" = 'O''Brien'`],
    ['n', '-42', '"n" = -42'],
    ['price', '12.50', `"price" = DECIMAL '12.50'`],
    ['ok', 'true', '"ok" = true'],
    ['at', '2026-11-21 10:00', `"at" = TIMESTAMP '2026-11-21 10:00'`],
    [
      'at_zone',
      '2026-11-21 10:00:00.123 Europe/Berlin',
      `"at_zone" = TIMESTAMP '2026-11-21 10:00:00.123 Europe/Berlin'`,
    ],
    ['ratio', '1.5e3', `"ratio" = DOUBLE '1.5e3'`],
    [
      'id',
      '12151fd2-7586-11e9-8f9e-2a86e4085a59',
      `"id" = UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59'`,
    ],
    ['odd "name', 'abc', `"odd ""name" = 'abc'`],
  ])('writes %s %s', (column, value, sql) => {
    expect(sqlOf(column, value)).toBe(sql);
  });

  it('joins conditions', () => {
    expect(
      partitionFilterSql(
        [
          { column: 'day', operator: '>=', value: '2026-01-01' },
          { column: 'day', operator: '<', value: '2026-02-01' },
        ],
        columns,
        name => `partition.${name}`,
      ),
    ).toBe(
      "partition.day >= DATE '2026-01-01' AND partition.day < DATE '2026-02-01'",
    );
  });

  it.each([
    [
      'day',
      'tomorrow',
      /where\.0\.value: 'tomorrow' is no date\. .*2026-11-21/,
    ],
    ['n', '1 OR 1=1', /is no bigint/],
    ['ok', 'TRUE; DROP', /is no boolean/],
    ['tags', 'x', /is of type array\(varchar\)/],
    ['nope', 'x', /where\.0\.column: the table has no column 'nope'/],
  ])('refuses %s %s', (column, value, message) => {
    expect(() => sqlOf(column, value)).toThrow(message);
  });

  it('lets no value out of its literal', () => {
    const literal = /^"\w+" = (?:(?:[A-Z]+ )?'(?:[^']|'')*'|-?\d+|true|false)$/;
    fc.assert(
      fc.property(
        fc.constantFrom(
          'day',
          'name',
          'n',
          'price',
          'ok',
          'at',
          'at_zone',
          'ratio',
          'id',
        ),
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom("'", "''", "' OR '1'='1", '1; DROP TABLE x', '--'),
          fc.integer().map(String),
          fc.double().map(String),
        ),
        (column, value) => {
          const sql = sqlUnlessRefused(column, value);
          expect(sql).toMatch(literal);
        },
      ),
    );
  });
});
