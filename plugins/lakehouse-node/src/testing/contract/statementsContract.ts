import {
  quoteString,
  quoteTable,
  TrinoProgress,
  TrinoQueryError,
} from '../../connections/trino';
import type { TrinoContractTarget } from '../TrinoContractTarget';

/** Expression, Trino's type, and the value that comes. Source: Trino 476. */
const VALUES: Array<[sql: string, type: string, value: unknown]> = [
  ['1', 'integer', 1],
  ["BIGINT '9007199254740991'", 'bigint', 9007199254740991],
  ["BIGINT '9007199254740993'", 'bigint', '9007199254740993'],
  ["BIGINT '9223372036854775807'", 'bigint', '9223372036854775807'],
  ["BIGINT '-9223372036854775808'", 'bigint', '-9223372036854775808'],
  [
    "DECIMAL '12345678901234567890.12'",
    'decimal(22, 2)',
    '12345678901234567890.12',
  ],
  ['0.1e0', 'double', 0.1],
  ['nan()', 'double', 'NaN'],
  ['infinity()', 'double', 'Infinity'],
  ["REAL '1.5'", 'real', 1.5],
  ['true', 'boolean', true],
  ["'ü表🚀'", 'varchar(3)', 'ü表🚀'],
  ["X'00ff'", 'varbinary', 'AP8='],
  ["DATE '2020-02-29'", 'date', '2020-02-29'],
  ["TIME '01:02:03.456789'", 'time(6)', '01:02:03.456789'],
  [
    "TIMESTAMP '2020-01-01 00:00:00.123456'",
    'timestamp(6)',
    '2020-01-01 00:00:00.123456',
  ],
  [
    "TIMESTAMP '2020-01-01 00:00:00.123456 UTC'",
    'timestamp(6) with time zone',
    '2020-01-01 00:00:00.123456 UTC',
  ],
  [
    "ARRAY[BIGINT '9007199254740993', NULL]",
    'array(bigint)',
    ['9007199254740993', null],
  ],
  [
    "MAP(ARRAY['k'], ARRAY[BIGINT '9007199254740993'])",
    'map(varchar(1), bigint)',
    { k: '9007199254740993' },
  ],
  [
    "CAST(ROW(1, 'x') AS row(a integer, b varchar))",
    'row(a integer, b varchar)',
    [1, 'x'],
  ],
  ['CAST(NULL AS varchar)', 'varchar', null],
];

export function statementsContract(getTarget: () => TrinoContractTarget) {
  describe('statements', () => {
    const connection = () => getTarget().connect('admin');

    it('brings each value exactly', async () => {
      const result = await connection().query(
        `SELECT ${VALUES.map(([sql], i) => `${sql} AS c${i}`).join(', ')}`,
      );
      expect(result.columns).toEqual(
        VALUES.map(([, type], i) => ({ name: `c${i}`, type })),
      );
      expect(result.rows).toEqual([
        Object.fromEntries(VALUES.map(([, , value], i) => [`c${i}`, value])),
      ]);
      expect(result.truncated).toBe(false);
      expect(result.elapsedMs).toBeGreaterThan(0);
    });

    it('brings 30,000 rows in order, over many pages', async () => {
      const seen: TrinoProgress[] = [];
      const result = await connection().query(getTarget().manyRowsSql, {
        maxRows: 30_000,
        onProgress: progress => seen.push(progress),
      });
      expect(result.rows).toHaveLength(30_000);
      expect(result.truncated).toBe(false);
      expect(Object.keys(result.rows[29_999])).toEqual(
        result.columns.map(column => column.name),
      );
      expect(seen.length).toBeGreaterThan(2);
      expect(new Set(seen.map(one => one.queryId))).toEqual(
        new Set([result.queryId]),
      );
      expect(seen[seen.length - 1]).toMatchObject({ state: 'FINISHED' });
    });

    it('brings no rows of a query without any', async () => {
      const result = await connection().query('SELECT 1 AS a WHERE 1 = 0');
      expect(result).toMatchObject({
        columns: [{ name: 'a', type: 'integer' }],
        rows: [],
      });
    });

    it('tells the id once, before the end, and how the statement was sent', async () => {
      const ids: string[] = [];
      const result = await connection().query('SELECT 1', {
        clientTags: ['contract', 'nightly'],
        onQueryId: async id => {
          ids.push(id);
        },
      });
      expect(ids).toEqual([result.queryId]);
      expect(await connection().getQuery(result.queryId)).toMatchObject({
        queryId: result.queryId,
        state: 'FINISHED',
        user: connection().user,
        source: connection().source,
        clientTags: expect.arrayContaining([
          'lakehouse-ops',
          'contract',
          'nightly',
        ]),
        query: 'SELECT 1',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        endedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      });
    });

    it('ends the query when onQueryId fails, and throws its error', async () => {
      let queryId = '';
      await expect(
        connection().query(getTarget().longSql, {
          onQueryId: async id => {
            queryId = id;
            throw new Error('the id could not be written down');
          },
        }),
      ).rejects.toThrow('the id could not be written down');
      // Trino may forget at once a query that nobody has asked the first page of.
      const query = await connection().getQuery(queryId);
      expect(query?.state ?? 'FAILED').toBe('FAILED');
    });

    it('sends catalog and schema', async () => {
      const { catalog, schema } = getTarget().scratch;
      const { rows } = await connection().query(
        'SELECT current_catalog AS c, current_schema AS s',
        { catalog, schema },
      );
      expect(rows).toEqual([{ c: catalog, s: schema }]);
    });

    it('sends session properties, in a form that the server reads back', async () => {
      const { rows } = await connection().query(
        "SHOW SESSION LIKE 'query_max_%n_time'",
        {
          session: {
            query_max_run_time: '7 m',
            query_max_execution_time: '3h',
          },
        },
      );
      const values = new Map(rows.map(row => [row.Name, row.Value]));
      expect(values.get('query_max_run_time')).toBe('7 m');
      expect(values.get('query_max_execution_time')).toBe('3h');
    });

    it('forgets session, catalog and tags of one statement in the next', async () => {
      await connection().query('SELECT 1', {
        session: { query_max_run_time: '7m' },
        clientTags: ['once'],
      });
      const { rows, queryId } = await connection().query(
        "SHOW SESSION LIKE 'query_max_run_time'",
      );
      expect(rows[0].Value).not.toBe('7m');
      const query = await connection().getQuery(queryId);
      expect(query?.clientTags).not.toContain('once');
    });

    it.each([
      ['a syntax error', 'SELEC 1', 'SYNTAX_ERROR'],
      [
        'a missing catalog',
        'SELECT * FROM no_such_catalog.s.t',
        'CATALOG_NOT_FOUND',
      ],
    ])('says what is wrong with %s', async (_name, sql, errorName) => {
      const error = await connection()
        .query(sql)
        .catch(e => e);
      expect(error).toBeInstanceOf(TrinoQueryError);
      expect(error).toMatchObject({
        errorName,
        errorType: 'USER_ERROR',
        errorCode: expect.any(Number),
        queryId: expect.stringMatching(/^\w+$/),
        message: expect.stringContaining(error.trinoMessage),
      });
    });

    it('says that a table is missing', async () => {
      const name = quoteTable({ ...getTarget().scratch, table: 'no_such' });
      await expect(
        connection().query(`SELECT * FROM ${name}`),
      ).rejects.toMatchObject({
        name: 'TrinoQueryError',
        errorName: 'TABLE_NOT_FOUND',
        trinoMessage: expect.stringContaining('no_such'),
      });
    });

    it('reads a table whose name holds quotes, dots, $, spaces and more than ASCII', async () => {
      const { rows } = await connection().query(
        `SELECT count(*) AS n FROM ${quoteTable(getTarget().oddTable)}`,
      );
      expect(Number(rows[0].n)).toBeGreaterThan(0);
    });

    it.each([
      "it's",
      "\\' OR 1=1 --",
      '"double"',
      'zeile\nzwei\t🚀',
      '%_?{}$1',
    ])('carries the text %j as a literal', async text => {
      const { rows } = await connection().query(
        `SELECT ${quoteString(text)} AS t`,
      );
      expect(rows).toEqual([{ t: text }]);
    });

    it('runs statements side by side without mixing them up', async () => {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          connection().query(`SELECT ${i} AS i`),
        ),
      );
      expect(results.map(result => result.rows[0].i)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7,
      ]);
    });
  });
}
