import { parseStatement } from './parseStatement';

describe('parseStatement', () => {
  it.each([
    ['SHOW CATALOGS', { kind: 'showCatalogs' }],
    ["SHOW SESSION LIKE 'query%'", { kind: 'showSession', like: 'query%' }],
    [
      'SHOW STATS FOR iceberg.lake."we""ird"',
      {
        kind: 'showStats',
        table: expect.objectContaining({
          parts: ['iceberg', 'lake', 'we"ird'],
        }),
      },
    ],
    ['DESCRIBE t', { kind: 'showColumns' }],
    ['DROP TABLE IF EXISTS a.b', { kind: 'dropTable', ifExists: true }],
    [
      'CREATE SCHEMA IF NOT EXISTS iceberg.x',
      { kind: 'createSchema', ifNotExists: true },
    ],
    ['USE iceberg.gold', { kind: 'use', catalog: 'iceberg', schema: 'gold' }],
    ['EXPLAIN (TYPE LOGICAL, FORMAT JSON) SELECT 1', { format: 'json' }],
    ['PREPARE p FROM SELECT ? + 1', { kind: 'prepare', sql: 'SELECT ? + 1' }],
    ['SET SESSION iceberg.a = 1', { kind: 'setSession', name: 'iceberg.a' }],
  ])('reads %s', (sql, expected) => {
    expect(parseStatement(sql)).toMatchObject(expected);
  });

  it('reads the arguments and the filter of a table procedure', () => {
    expect(
      parseStatement(
        "ALTER TABLE a.b.c EXECUTE optimize(file_size_threshold => '10MB') WHERE day = DATE '2026-01-01'",
      ),
    ).toMatchObject({
      kind: 'tableExecute',
      procedure: 'optimize',
      args: [{ name: 'file_size_threshold', value: { value: '10MB' } }],
      where: { kind: 'binary', operator: '=' },
    });
  });

  it('reads columns, comment and properties of a new table', () => {
    expect(
      parseStatement(
        "CREATE TABLE t (id bigint COMMENT 'key', day date) COMMENT 'x' WITH (partitioning = ARRAY['day'])",
      ),
    ).toMatchObject({
      kind: 'createTable',
      comment: 'x',
      columns: [{ name: 'id', comment: 'key' }, { name: 'day' }],
      properties: [{ name: 'partitioning' }],
    });
  });

  it.each([
    ['selec 1', "line 1:1: mismatched input 'selec'. Expecting: 'ALTER'"],
    ['SELECT 1;', "line 1:9: mismatched input ';'. Expecting: <EOF>"],
    ['SELECT', "line 1:7: mismatched input '<EOF>'. Expecting: <expression>"],
    ['SELECT 1 FROM', 'Expecting: <identifier>'],
    ['SELECT a NOT b', "Expecting: 'BETWEEN', 'IN', 'LIKE'"],
    ['SELECT CAST(1 AS nope)', 'line 1:18: Unknown type: nope'],
  ])('says where %s is wrong', (sql, message) => {
    expect(() => parseStatement(sql)).toThrow(message);
  });
});
