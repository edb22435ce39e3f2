import { type Sandbox, startSandbox } from '@lakehouse-ops/sandbox';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { sendQuery } from '../__testUtils__/sendQuery';
import { sandboxConfig } from '../__testUtils__/sandboxConfig';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';

jest.setTimeout(180_000);

const TABLE = 'events_small_files';
const READ = `SELECT sum(amount) FROM iceberg.lake.${TABLE}`;
const SOURCE = 'report';
/** Reading 300 files takes longer than this, reading a few does not. */
const SLOW_SECONDS = 2;
/** Longer ago than what proves that it is better now. */
const A_WHILE_MS = 3 * 60_000;
const PARAMETERS = {
  connection: 'analytics',
  source: SOURCE,
  seconds: SLOW_SECONDS,
  table: `iceberg.lake.${TABLE}`,
};

describe('latency-regression, walked on the sandbox', () => {
  let trino: Sandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;
  let agoMs = 0;

  beforeAll(async () => {
    trino = await startSandbox({ now: () => new Date(Date.now() - agoMs) });
    runbooks = await startRunbooks({
      config: sandboxConfig({ trino }),
    });
  });

  afterAll(() => trino?.close());

  const table = () => trino.world.table('iceberg', 'lake', TABLE);

  async function read() {
    const { id, ended } = await sendQuery(trino.trinoUrl, {
      sql: READ,
      source: SOURCE,
      user: 'alice',
    });
    expect(await ended).toBeUndefined();
    return trino.world.queries.find(id)?.elapsedMs(Date.now());
  }

  const stateOf = ({ steps }: Run) =>
    Object.fromEntries(steps.map(({ id, state }) => [id, state]));

  it('compacts the table whose many small files make reading slow', async () => {
    agoMs = A_WHILE_MS;
    expect(await read()).toBeGreaterThan(SLOW_SECONDS * 1000);
    agoMs = 0;
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'latency-regression',
      parameters: PARAMETERS,
      meanwhile: async now => {
        if (stateOf(now)['compact/verify'] === 'succeeded') await read();
      },
    });
    expect(run.error).toBeUndefined();
    expect(run.verification?.outcome).toBe('verified');
    expect(table()?.files.length).toBeLessThan(10);
    const p95 = run.verification?.metrics.find(
      ({ label }) => label === '95th percentile',
    );
    expect(Number(p95?.after)).toBeLessThan(SLOW_SECONDS * 1000);
  });

  it('leaves a table alone that is well', async () => {
    const before = table()?.currentCommit;
    await read();
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'latency-regression',
      parameters: PARAMETERS,
    });
    expect(run.error).toBeUndefined();
    expect(stateOf(run)).toMatchObject({
      'compact/execute': 'skipped',
      'analyze/execute': 'skipped',
    });
    expect(table()?.currentCommit).toBe(before);
  });
});
