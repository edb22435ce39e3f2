import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { quoteIdentifier, quoteText, seed } from './seed.mjs';

describe('quoting', () => {
  it('doubles quotes in identifiers and texts', () => {
    assert.equal(quoteIdentifier('we"ird.na$me ü'), '"we""ird.na$me ü"');
    assert.equal(quoteText("it's"), "'it''s'");
  });
});

describe('seed', () => {
  const statements = [];
  let answer;
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const sql = Buffer.concat(chunks).toString();
    statements.push({ sql, headers: request.headers });
    response.end(JSON.stringify({ id: 'q', ...answer(sql) }));
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());
  beforeEach(() => {
    statements.length = 0;
  });

  const run = options =>
    seed({
      settings: {
        ports: { trinoHttp: server.address().port },
        services: ['trino', 'iceberg-rest'],
      },
      progress: () => {},
      tables: ['daily_sales'],
      ...options,
    });
  const sent = () => statements.map(({ sql }) => sql.split(' ')[0]);
  const found = comment => sql => {
    if (sql.includes('information_schema')) {
      return { data: [['daily_sales']] };
    }
    return sql.includes('table_comments') ? { data: [[comment]] } : {};
  };

  it('makes a table that is not there, as etl-seed', async () => {
    answer = () => ({});
    await run();
    assert.deepEqual(sent(), [
      'CREATE',
      'SELECT',
      'CREATE',
      'ANALYZE',
      'COMMENT',
    ]);
    assert.equal(statements[0].headers['x-trino-user'], 'etl-seed');
    assert.equal(statements[0].headers['x-trino-source'], 'lakehouse-seed');
  });

  it('leaves a complete table alone', async () => {
    answer = found('Demo table: healthy');
    await run();
    assert.deepEqual(sent(), ['CREATE', 'SELECT', 'SELECT']);
  });

  it('makes anew what was interrupted, and what is reset', async () => {
    answer = found(null);
    await run();
    assert.ok(sent().includes('DROP'));
    statements.length = 0;
    answer = found('Demo table: healthy');
    await run({ reset: true });
    assert.ok(sent().includes('DROP'));
  });

  it('tries a table a second time, then names what failed', async () => {
    answer = sql =>
      sql.startsWith('ANALYZE')
        ? { error: { errorName: 'GENERIC_INTERNAL_ERROR', message: 'boom' } }
        : {};
    await assert.rejects(run(), /1 of 1 demo tables.*\n.*boom/);
    assert.equal(sent().filter(word => word === 'ANALYZE').length, 2);
  });

  it('refuses a table that it does not know', async () => {
    await assert.rejects(run({ tables: ['nope'] }), /no demo table nope/);
  });
});
