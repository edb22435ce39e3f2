import fc from 'fast-check';
import { runSql } from '../__testUtils__/runSql';

describe('planQuery', () => {
  // Types and values as Trino 476 gave them.
  it.each<[string, string, unknown]>([
    ['1', 'integer', 1n],
    ['2147483648', 'bigint', 2147483648n],
    ["BIGINT '-9223372036854775808'", 'bigint', -9223372036854775808n],
    ['1.10 * 2.5', 'decimal(5,3)', '2.750'],
    ['7.0 / 3', 'decimal(2,1)', '2.3'],
    ['CAST(1.255 AS decimal(10,2))', 'decimal(10,2)', '1.26'],
    ['-5 / 2', 'integer', -2n],
    ['5 % 3', 'integer', 2n],
    ['CAST(1e0 / 3 AS varchar)', 'varchar', '3.333333333333333E-1'],
    ['CAST(12345678.9e0 AS varchar)', 'varchar', '1.23456789E7'],
    ['round(2.567e0, 2)', 'double', 2.57],
    ['nan()', 'double', 'NaN'],
    ["DATE '2026-03-31' + INTERVAL '1' MONTH", 'date', '2026-04-30'],
    [
      "TIMESTAMP '2026-01-01 00:00:00.123456' - INTERVAL '1' SECOND",
      'timestamp(6)',
      '2025-12-31 23:59:59.123456',
    ],
    [
      "to_iso8601(TIMESTAMP '2026-01-02 03:04:05.678 UTC')",
      'varchar(32)',
      '2026-01-02T03:04:05.678Z',
    ],
    ["date_diff('hour', DATE '2026-01-01', DATE '2026-01-02')", 'bigint', 24n],
    [
      "date_trunc('day', TIMESTAMP '2026-01-02 05:06:07.123')",
      'timestamp(3)',
      '2026-01-02 00:00:00.000',
    ],
    ["TIME '01:02:03.456789'", 'time(6)', '01:02:03.456789'],
    ["map(ARRAY['k'], ARRAY[1])['k']", 'integer', 1n],
    ["element_at(map(ARRAY['k'], ARRAY[1]), 'z')", 'integer', null],
    ['ARRAY[1, 2][2]', 'integer', 2n],
    ["CASE WHEN 1 > 2 THEN 'a' ELSE 'bc' END", 'varchar(2)', 'bc'],
    ['coalesce(NULL, 5)', 'integer', 5n],
    ["try_cast('x' AS bigint)", 'bigint', null],
    ["substr('hello', 2, 3)", 'varchar(5)', 'ell'],
    ["regexp_extract('a/day=3/f', '(day=\\d+/)', 1)", 'varchar', 'day=3/'],
    ["'a_c' LIKE 'a\\_c' ESCAPE '\\'", 'boolean', true],
    ["'abc' LIKE 'a%'", 'boolean', true],
    ['NULL IN (1)', 'boolean', null],
    ['3 NOT BETWEEN 1 AND 2', 'boolean', true],
    ['1 IS DISTINCT FROM NULL', 'boolean', true],
    ['NULL OR true', 'boolean', true],
    ['current_user', 'varchar', 'tester'],
    [
      'current_timestamp',
      'timestamp(3) with time zone',
      '2026-03-04 05:06:07.089 UTC',
    ],
    ['(SELECT max(a) FROM (VALUES 1, 3) t(a))', 'integer', 3n],
    ['EXISTS (SELECT 1 WHERE false)', 'boolean', false],
    ["CAST(ROW(1, 'x') AS row(a integer, b varchar)).b", 'varchar', 'x'],
  ])('gives %s the type %s', (sql, type, value) => {
    const { types, rows } = runSql(`SELECT ${sql}`);
    expect(types).toEqual([type]);
    expect(rows).toEqual([[value]]);
  });

  it.each([
    ['SELECT 1 / 0', 'Division by zero'],
    ["SELECT CAST('x' AS bigint)", "Cannot cast 'x' to BIGINT"],
    ['SELECT nope(1)', "line 1:8: Function 'nope' not registered"],
    ['SELECT x', "line 1:8: Column 'x' cannot be resolved"],
    ['SELECT 1 = true', 'Cannot apply operator: integer = boolean'],
    ['SELECT 1 WHERE 2', 'WHERE clause must evaluate to a boolean'],
    [
      'SELECT a, count(*) FROM (VALUES 1) t(a)',
      "line 1:8: 'a' must be an aggregate expression or appear in GROUP BY clause",
    ],
    ['SELECT count(*) WHERE count(*) > 1', 'Cannot contain aggregations'],
    ['SELECT ARRAY[1][2]', 'Array subscript must be less than'],
    ["SELECT map(ARRAY['a'], ARRAY[1])['b']", 'Key not present in map: b'],
    ['SELECT 9223372036854775807 + 1', 'bigint overflow'],
    [
      'SELECT a FROM (VALUES 1) t(a) JOIN (VALUES 1) u(a) ON true',
      "Column 'a' is ambiguous",
    ],
  ])('refuses %s', (sql, message) => {
    expect(() => runSql(sql)).toThrow(message);
  });

  it('groups, filters groups, sorts and limits', () => {
    const { names, rows } = runSql(
      `SELECT k, count(*) AS n, sum(v) FILTER (WHERE v > 1) AS big
       FROM (VALUES ('x', 1), ('y', 2), ('x', 3), ('z', 9)) t(k, v)
       GROUP BY 1 HAVING count(*) < 3 ORDER BY n DESC, k LIMIT 2`,
    );
    expect(names).toEqual(['k', 'n', 'big']);
    expect(rows).toEqual([
      ['x', 2n, 3n],
      ['y', 1n, 2n],
    ]);
  });

  it('groups by several sets and tells them apart', () => {
    const { rows } = runSql(
      `SELECT grouping(k) AS whole, k, count(*) FROM (VALUES 'a', 'b', 'a') t(k)
       GROUP BY GROUPING SETS ((), (k)) ORDER BY 1 DESC, 2`,
    );
    expect(rows).toEqual([
      [1n, null, 3n],
      [0n, 'a', 2n],
      [0n, 'b', 1n],
    ]);
  });

  it('counts zero rows in the empty grouping set', () => {
    const { rows } = runSql(
      'SELECT count(*), sum(a) FROM (VALUES 1) t(a) WHERE a > 5',
    );
    expect(rows).toEqual([[0n, null]]);
  });

  it('numbers rows, ranks peers alike and runs totals over windows', () => {
    const { rows } = runSql(
      `SELECT a, row_number() OVER (ORDER BY a DESC, b), rank() OVER (ORDER BY a),
         sum(a) OVER (PARTITION BY b), count(*) OVER () FROM (VALUES (1, 'x'), (2, 'x'), (2, 'y')) t(a, b)
       ORDER BY 2`,
    );
    expect(rows).toEqual([
      [2n, 1n, 2n, 3n, 3n],
      [2n, 2n, 2n, 2n, 3n],
      [1n, 3n, 1n, 3n, 3n],
    ]);
  });

  it('joins by keys, keeping the left side where asked to', () => {
    const { rows } = runSql(
      `WITH l(a, b) AS (VALUES (1, 'x'), (2, 'y')), r AS (SELECT 2 AS a, 'z' AS c)
       SELECT l.a, c FROM l LEFT JOIN r ON l.a = r.a ORDER BY l.a`,
    );
    expect(rows).toEqual([
      [1n, null],
      [2n, 'z'],
    ]);
  });

  it.each([
    ['UNION ALL', [[1n], [1n], [2n], [2n]]],
    ['UNION', [[1n], [2n]]],
    ['EXCEPT', [[1n]]],
    ['INTERSECT', [[2n]]],
  ])('combines by %s', (operation, expected) => {
    const left = 'SELECT * FROM (VALUES 1, 1, 2) t(a)';
    expect(runSql(`${left} ${operation} SELECT 2 ORDER BY 1`).rows).toEqual(
      expected,
    );
  });

  it('unnests with positions', () => {
    expect(
      runSql("SELECT p, v FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY t(v, p)")
        .rows,
    ).toEqual([
      [1n, 'a'],
      [2n, 'b'],
    ]);
  });

  it('puts NULLs last whichever way it sorts, unless told', () => {
    const sql = 'SELECT a FROM (VALUES 2, NULL, 1) t(a) ORDER BY a';
    const values = (suffix: string) =>
      runSql(`${sql} ${suffix}`).rows.map(([a]) => a);
    expect(values('')).toEqual([1n, 2n, null]);
    expect(values('DESC')).toEqual([2n, 1n, null]);
    expect(values('NULLS FIRST')).toEqual([null, 1n, 2n]);
  });

  it('keeps 64-bit arithmetic exact', () => {
    const small = fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n });
    fc.assert(
      fc.property(small, small, (a, b) => {
        const { rows } = runSql(
          `SELECT BIGINT '${a}' + BIGINT '${b}', BIGINT '${a}' - BIGINT '${b}', CAST(BIGINT '${a}' AS varchar)`,
        );
        expect(rows).toEqual([[a + b, a - b, String(a)]]);
      }),
    );
  });

  it('sums and sorts like plain arithmetic does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), {
          minLength: 1,
          maxLength: 30,
        }),
        numbers => {
          const source = `(VALUES ${numbers.join(', ')}) t(a)`;
          const sum = numbers.reduce((a, b) => a + b, 0);
          expect(
            runSql(`SELECT sum(a), min(a), max(a), count(*) FROM ${source}`)
              .rows,
          ).toEqual([
            [
              BigInt(sum),
              BigInt(Math.min(...numbers)),
              BigInt(Math.max(...numbers)),
              BigInt(numbers.length),
            ],
          ]);
          const sorted = [...numbers].sort((a, b) => a - b).map(BigInt);
          expect(
            runSql(`SELECT a FROM ${source} ORDER BY a`).rows.flat(),
          ).toEqual(sorted);
        },
      ),
    );
  });
});
