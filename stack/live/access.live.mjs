import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClient } from './client.mjs';
import { runningStack } from './runningStack.mjs';

// What runs of the stack is checked: node --test stack/live/*.live.mjs
const LONG_QUERY =
  'SELECT sum(extendedprice * discount) FROM tpch.sf1000.lineitem';

const { env, has } = runningStack();
const onTrino = (...suite) => has('trino') && describe(...suite);
const byPassword = user =>
  createClient({
    env,
    user,
    secure: true,
    password: env[`STACK_TRINO_${user.toUpperCase()}_PASSWORD`],
  });
const plainly = user => createClient({ env, user });
const killSql = (id, message) =>
  `CALL system.runtime.kill_query(query_id => '${id}', message => '${message}')`;

onTrino('who may kill a query of alice', () => {
  const victims = [];
  const beginVictim = async () => {
    const victim = await byPassword('alice').begin(LONG_QUERY);
    victims.push(victim);
    return victim;
  };
  after(async () => {
    for (const { id } of victims) {
      await plainly('lakehouse-ops').call(`/v1/query/${id}`, {
        method: 'DELETE',
      });
    }
    await Promise.all(victims.map(({ ended }) => ended));
  });

  for (const [who, killer] of [
    ['admin', () => byPassword('admin')],
    ['bob', () => byPassword('bob')],
    ['lakehouse-ops on the plain port', () => plainly('lakehouse-ops')],
  ]) {
    it(`${who} may`, async () => {
      const victim = await beginVictim();
      const { error } = await killer().run(killSql(victim.id, `by ${who}`));
      assert.equal(error, undefined);
      const end = await victim.ended;
      assert.equal(end.error.errorName, 'ADMINISTRATIVELY_KILLED');
      assert.match(end.error.message, new RegExp(`by ${who}`));
    });
  }

  for (const [who, reason] of [
    ['monitor', /Cannot kill query/],
    ['alice', /Cannot execute procedure system\.runtime\.kill_query/],
  ]) {
    it(`${who} may not`, async () => {
      const victim = await beginVictim();
      const { error } = await byPassword(who).run(killSql(victim.id, 'no'));
      assert.equal(error.errorName, 'PERMISSION_DENIED');
      assert.match(error.message, reason);
    });
  }
});

onTrino('what the users see', () => {
  let victim;
  before(async () => {
    victim = await byPassword('alice').begin(LONG_QUERY);
  });
  after(async () => {
    await plainly('lakehouse-ops').call(`/v1/query/${victim.id}`, {
      method: 'DELETE',
    });
    await victim.ended;
  });

  for (const [who, client, count] of [
    ['admin', () => byPassword('admin'), 1],
    ['monitor', () => byPassword('monitor'), 1],
    ['bob', () => byPassword('bob'), 1],
    ['lakehouse-ops', () => plainly('lakehouse-ops'), 1],
    ['carol', () => plainly('carol'), 0],
  ]) {
    it(`${who} sees ${count} of alice's queries`, async () => {
      const { rows } = await client().run(
        `SELECT query_id FROM system.runtime.queries WHERE query_id = '${victim.id}'`,
      );
      assert.equal(rows.length, count);
    });
  }

  for (const [who, client, status] of [
    ['admin', () => byPassword('admin'), 200],
    ['monitor', () => byPassword('monitor'), 200],
    ['lakehouse-ops', () => plainly('lakehouse-ops'), 200],
    ['alice', () => byPassword('alice'), 403],
    ['bob', () => byPassword('bob'), 403],
  ]) {
    it(`${who} gets ${status} for metrics and resource groups`, async () => {
      const paths = [
        '/metrics?name[]=trino_memory_ClusterMemoryPool',
        '/v1/resourceGroupState/global',
      ];
      for (const path of paths) {
        assert.equal((await client().call(path)).status, status);
      }
    });
  }

  it('a wrong password is refused', async () => {
    const client = createClient({
      env,
      user: 'alice',
      secure: true,
      password: 'wrong',
    });
    assert.equal((await client.call('/v1/query')).status, 401);
  });
});

onTrino('what lakehouse-ops may do', () => {
  const ops = plainly('lakehouse-ops');
  const table = 'iceberg.lake.access_check';
  after(() => ops.run(`DROP TABLE IF EXISTS ${table}`));

  it('makes, analyzes, compacts and expires a table', async () => {
    for (const sql of [
      `DROP TABLE IF EXISTS ${table}`,
      `CREATE TABLE ${table} AS SELECT * FROM tpch.tiny.nation`,
      `ANALYZE ${table}`,
      `ALTER TABLE ${table} EXECUTE optimize(file_size_threshold => '10MB')`,
      `ALTER TABLE ${table} EXECUTE optimize_manifests`,
      `ALTER TABLE ${table} EXECUTE expire_snapshots(retention_threshold => '7d')`,
      `ALTER TABLE ${table} EXECUTE remove_orphan_files(retention_threshold => '7d')`,
    ]) {
      const { error } = await ops.run(sql);
      assert.equal(error, undefined, `${sql}: ${error?.message}`);
    }
  });

  it('compacts a table of another owner', async () => {
    const name = 'iceberg.lake."odd.name ü"';
    const { error } = await ops.run(`ALTER TABLE ${name} EXECUTE optimize`);
    assert.equal(error, undefined, error?.message);
  });
});
