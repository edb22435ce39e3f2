import fc from 'fast-check';
import { readOnlySql } from './readOnlySql';
import { sqlLiteral } from './sqlLiteral';

describe('readOnlySql', () => {
  it.each([
    ['SELECT 1', true],
    ['  -- why\n select count(*) from a.b.c', true],
    ['/* why */ WITH t AS (SELECT 1) SELECT * FROM t', true],
    ['(SELECT 1) UNION (VALUES 2)', true],
    ['VALUES 1, 2', true],
    ['TABLE a.b.c', true],
    ["SELECT ';', 'TABLE (', '--' -- ;", true],
    ['SELECT "drop ; table(" FROM t', true],
    ["SELECT 'it''s; fine'", true],
    ['SHOW CATALOGS', false],
    ['DESCRIBE a.b.c', false],
    ['explain DELETE FROM a.b.c', false],
  ])('takes %j', (sql, isQuery) => {
    expect(readOnlySql(sql)).toEqual({ sql, isQuery });
  });

  it.each([
    'DELETE FROM a.b.c',
    'INSERT INTO a.b.c SELECT 1',
    "CALL system.runtime.kill_query('x', 'y')",
    'CREATE TABLE a.b.c AS SELECT 1',
    'ALTER TABLE a.b.c EXECUTE optimize',
    'SET SESSION x.y = 1',
    "EXECUTE IMMEDIATE 'DROP TABLE a.b.c'",
    'PREPARE p FROM DROP TABLE a.b.c',
    'GRANT SELECT ON a.b.c TO alice',
    'START TRANSACTION',
    '/* SELECT */ DROP TABLE a.b.c',
    '-- SELECT\nDROP TABLE a.b.c',
    '-- SELECT\rDROP TABLE a.b.c',
    '(((DROP TABLE a.b.c)))',
    '',
    '   -- nothing',
  ])('refuses %j, which does not read', sql => {
    expect(() => readOnlySql(sql)).toThrow('Only statements that read');
  });

  it.each([
    ['SELECT 1; DROP TABLE a.b.c', 'semicolon'],
    ['SELECT 1;', 'semicolon'],
    ["SELECT '' ; DROP TABLE a.b.c --'", 'semicolon'],
    ['SELECT 1 -- x\r; DROP TABLE a.b.c', 'semicolon'],
    ["SELECT * FROM TABLE(mysql.system.query('DELETE'))", 'table function'],
    ['SELECT * FROM table /* */\n(mysql.system.query(1))', 'table function'],
    ['EXPLAIN ANALYZE DELETE FROM a.b.c', 'EXPLAIN ANALYZE'],
    ['EXPLAIN /* */ analyze VERBOSE SELECT 1', 'EXPLAIN ANALYZE'],
    ["SELECT 'not ended", 'quote'],
    ['SELECT "not ended', 'quote'],
    ['SELECT 1 /* not ended', 'comment'],
  ])('refuses %j', (sql, why) => {
    expect(() => readOnlySql(sql)).toThrow(why);
  });
});

describe('sqlLiteral', () => {
  it.each([
    ["it's", "'it''s'"],
    ["'; DROP TABLE x --", "'''; DROP TABLE x --'"],
    [42, '42'],
    [-1.5, '-1.5e+0'],
    [true, 'TRUE'],
    [null, 'NULL'],
  ] as const)('writes %j', (value, sql) => {
    expect(sqlLiteral(value)).toBe(sql);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', value => {
    expect(() => sqlLiteral(value)).toThrow('finite');
  });

  it('makes one token of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        fc.pre(!text.includes('\0'));
        const sql = `SELECT ${sqlLiteral(text)}`;
        expect(readOnlySql(sql).sql).toBe(sql);
        expect(sql.slice(8, -1).replace(/''/g, '')).not.toContain("'");
      }),
    );
  });
});
