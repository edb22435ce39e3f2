import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultTrinoConnections,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { ConfigReader } from '@backstage/config';
import { startSandbox } from '@lakehouse-ops/sandbox';
import { startRunbooks } from './__testUtils__/startRunbooks';

jest.setTimeout(300_000);

/** Set by `node stack/cli.mjs env`: then the suite runs on a real Trino as well. */
const { STACK_TRINO_HTTP_URL: stackUrl } = process.env;

function configOf(trinoUrl: string) {
  return {
    lakehouse: {
      trino: {
        connections: [
          { id: 'analytics', url: trinoUrl, user: 'lakehouse-ops' },
        ],
      },
    },
  };
}

function connect(trinoUrl: string): TrinoConnection {
  const connections = DefaultTrinoConnections.fromConfig(
    new ConfigReader(configOf(trinoUrl)),
    {
      logger: mockServices.logger.mock(),
      lifecycle: mockServices.rootLifecycle.mock(),
    },
  );
  return connections.get('analytics');
}

async function openBackend(trinoUrl: string) {
  const trino = connect(trinoUrl);
  await trino.query('CREATE SCHEMA IF NOT EXISTS iceberg.runbook_tests');
  return {
    trino,
    runbooks: await startRunbooks({ config: configOf(trinoUrl) }),
  };
}

/** Whatever speaks Trino's protocols. */
interface Target {
  readonly name: string;
  open(): Promise<{ trinoUrl: string; close(): Promise<void> }>;
}

const targets: Target[] = [
  { name: 'the sandbox', open: () => startSandbox() },
  ...(stackUrl
    ? [
        {
          name: 'a real Trino',
          open: async () => ({
            trinoUrl: stackUrl,
            close: async () => {
              await connect(stackUrl).query(
                'DROP SCHEMA IF EXISTS iceberg.runbook_tests CASCADE',
              );
            },
          }),
        },
      ]
    : []),
];

const SCHEMA = { catalog: 'iceberg', schema: 'runbook_tests' };

/** A table of its own for each test. */
async function makeTable(
  trino: TrinoConnection,
  table: string,
  inserts: number,
) {
  const ref = { ...SCHEMA, table };
  await trino.query(`DROP TABLE IF EXISTS ${quoteTable(ref)}`);
  await trino.query(
    `CREATE TABLE ${quoteTable(
      ref,
    )} (id bigint, name varchar, day date) WITH (partitioning = ARRAY['day'])`,
  );
  for (let n = 0; n < inserts; n++) {
    await trino.query(
      `INSERT INTO ${quoteTable(
        ref,
      )} VALUES (${n}, 'a', DATE '2026-01-01'), (${n}, 'b', DATE '2026-01-02')`,
    );
  }
  return { connection: 'analytics', ...ref };
}

async function startLongQuery(trino: TrinoConnection) {
  let gotId: (id: string) => void = () => {};
  const queryId = new Promise<string>(resolve => {
    gotId = resolve;
  });
  const failure = trino
    .query('SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem', {
      onQueryId: id => gotId(id),
    })
    .then(
      () => undefined,
      (error: Error) => error,
    );
  return { queryId: await queryId, failure };
}

/** What the API's error says. */
function told(message: RegExp) {
  return { cause: { message: expect.stringMatching(message) } };
}

describe.each(targets)('the Trino actions on $name', target => {
  let opened: Awaited<ReturnType<Target['open']>>;

  beforeAll(async () => {
    opened = await target.open();
  });

  afterAll(async () => {
    await opened.close();
  });

  const setup = () => openBackend(opened.trinoUrl);

  it('kills a query, whose client sees the message as it was typed', async () => {
    const { trino, runbooks } = await setup();
    const victim = await startLongQuery(trino);
    const message = `Not now, it's the nightly load's turn – "müde"`;
    const preview = await runbooks.preview('trino:kill-query', {
      connection: 'analytics',
      queryId: victim.queryId,
      message,
    });
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
    expect(await victim.failure).toMatchObject({
      errorName: 'ADMINISTRATIVELY_KILLED',
      trinoMessage: expect.stringContaining(message),
    });
    await expect(
      runbooks.preview('trino:kill-query', {
        connection: 'analytics',
        queryId: victim.queryId,
        message,
      }),
    ).rejects.toMatchObject(
      told(/ended already \(FAILED, ADMINISTRATIVELY_KILLED\)/),
    );
    await expect(
      runbooks.preview('trino:kill-query', {
        connection: 'analytics',
        queryId: '20200101_000000_00000_aaaaa',
        message,
      }),
    ).rejects.toMatchObject(told(/does not know query/));
  });

  it('refreshes statistics that were dropped, whole and by column', async () => {
    const { trino, runbooks } = await setup();
    const ref = await makeTable(trino, 'odd.name é stats', 2);
    await trino.query(
      `ALTER TABLE ${quoteTable(ref)} EXECUTE drop_extended_stats`,
    );
    const one = await runbooks.preview('trino:analyze-table', {
      ...ref,
      columns: ['name'],
    });
    expect(one.content.changes[0]).toMatchObject({ before: 0, after: 1 });
    const first = await runbooks.ended((await runbooks.start(one)).id);
    expect(first.run).toMatchObject({
      state: 'succeeded',
      verification: {
        outcome: 'verified',
        metrics: [expect.objectContaining({ before: 0, after: 1 })],
      },
    });
    const all = await runbooks.preview('trino:analyze-table', ref);
    expect(all.content.changes[0]).toMatchObject({ before: 1, after: 3 });
    const second = await runbooks.ended((await runbooks.start(all)).id);
    expect(second.run.verification).toMatchObject({
      outcome: 'verified',
      metrics: [expect.objectContaining({ before: 1, after: 3 })],
    });
    expect(runbooks.changed).toContainEqual(ref);
    await expect(
      runbooks.preview('trino:analyze-table', { ...ref, columns: ['nope'] }),
    ).rejects.toMatchObject(told(/columns: the table has no nope/));
  });

  it('compacts one partition, then the rest, then finds nothing to do', async () => {
    const { trino, runbooks } = await setup();
    const ref = await makeTable(trino, 'compact_me', 4);
    const part = await runbooks.preview('trino:optimize-table', {
      ...ref,
      where: [{ column: 'day', operator: '=', value: '2026-01-01' }],
    });
    expect(part.content.changes).toContainEqual(
      expect.objectContaining({ label: 'Data files', before: 4, after: 1 }),
    );
    const first = await runbooks.ended((await runbooks.start(part)).id);
    expect(first.run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified', summary: '8 → 5 files' },
    });
    const whole = await runbooks.preview('trino:optimize-table', ref);
    expect(whole.content.changes).toContainEqual(
      expect.objectContaining({ label: 'Data files', before: 5, after: 2 }),
    );
    expect(whole.content.samples?.total).toBe(2);
    const second = await runbooks.ended((await runbooks.start(whole)).id);
    expect(second.run.verification?.summary).toBe('5 → 2 files');
    const again = await runbooks.preview('trino:optimize-table', ref);
    expect(again.content.summary).toContain('nothing to compact');
    const third = await runbooks.ended((await runbooks.start(again)).id);
    expect(third.run).toMatchObject({
      state: 'succeeded',
      verification: {
        summary: 'There was nothing to compact: 2 files as before.',
      },
    });
    const { rows } = await trino.query(
      `SELECT count(*) AS n FROM ${quoteTable(ref)}`,
    );
    expect(rows).toEqual([{ n: 8 }]);
    expect(runbooks.changed).toHaveLength(3);
  });

  it('compacts a table without partitions', async () => {
    const { trino, runbooks } = await setup();
    const ref = { connection: 'analytics', ...SCHEMA, table: 'flat' };
    await trino.query(`DROP TABLE IF EXISTS ${quoteTable(ref)}`);
    await trino.query(`CREATE TABLE ${quoteTable(ref)} (id bigint)`);
    const empty = await runbooks.preview('trino:optimize-table', ref);
    expect(empty.content.summary).toContain('nothing to compact');
    for (const n of [1, 2, 3]) {
      await trino.query(`INSERT INTO ${quoteTable(ref)} VALUES ${n}`);
    }
    const preview = await runbooks.preview('trino:optimize-table', ref);
    expect(preview.content.changes[0]).toMatchObject({ before: 3, after: 1 });
    expect(preview.content.warnings.join()).toContain(
      'lakehouse-ops wrote to this table',
    );
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run.verification).toMatchObject({
      outcome: 'verified',
      summary: '3 → 1 files',
    });
  });

  it('refuses filters that do not fit, and runs nothing on drift', async () => {
    const { trino, runbooks } = await setup();
    const ref = await makeTable(trino, 'drifts', 2);
    const filter = (column: string, value: string) =>
      runbooks.preview('trino:optimize-table', {
        ...ref,
        where: [{ column, operator: '=', value }],
      });
    await expect(filter('day', "x' OR 1=1")).rejects.toMatchObject(
      told(/is no date/),
    );
    await expect(filter('nope', '1')).rejects.toMatchObject(
      told(/has no column 'nope'/),
    );
    const preview = await runbooks.preview('trino:optimize-table', ref);
    await trino.query(
      `INSERT INTO ${quoteTable(ref)} VALUES (9, 'z', DATE '2026-01-03')`,
    );
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run.state).toBe('failed');
    expect(run.error?.message).toMatch(/snapshotId was "\d+" and is "\d+"/);
  });

  // The sandbox plans no EXPLAIN of what it executes.
  if (target.name !== 'the sandbox') {
    it('refuses filters that are not on whole partitions', async () => {
      const { trino, runbooks } = await setup();
      const ref = await makeTable(trino, 'unfit', 1);
      await expect(
        runbooks.preview('trino:optimize-table', {
          ...ref,
          where: [{ column: 'id', operator: '=', value: '1' }],
        }),
      ).rejects.toMatchObject(told(/whole partitions only/));
    });
  }

  it('cancels a statement in Trino, and tells that nothing changed', async () => {
    const { trino, runbooks } = await setup();
    const ref = { connection: 'analytics', ...SCHEMA, table: 'slow' };
    await trino.query(`DROP TABLE IF EXISTS ${quoteTable(ref)}`);
    await trino.query(
      `CREATE TABLE ${quoteTable(
        ref,
      )} AS SELECT * FROM tpch.sf1.lineitem WHERE orderkey % 4 = 0`,
      { timeoutMs: 200_000 },
    );
    const preview = await runbooks.preview('trino:analyze-table', ref);
    const { id } = await runbooks.start(preview);
    const { lines } = await runbooks.until(id, (_run, said) =>
      said.some(line => line.startsWith('Trino runs it as query')),
    );
    const queryId = lines
      .find(line => line.startsWith('Trino runs it as query'))
      ?.split(' ')
      .at(-1);
    await runbooks.client.cancelRun(id);
    const { run } = await runbooks.ended(id);
    expect(run).toMatchObject({
      state: 'cancelled',
      error: {
        step: 'execute',
        alreadyDone: expect.stringContaining('USER_CANCELED'),
      },
    });
    await sleep(500);
    const query = await trino.getQuery(String(queryId));
    expect(query).toMatchObject({
      state: 'FAILED',
      clientTags: expect.arrayContaining([`runbook-run:${id}`]),
    });
  });
});
