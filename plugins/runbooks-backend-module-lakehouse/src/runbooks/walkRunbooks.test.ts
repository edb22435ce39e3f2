import {
  startKubernetesSandbox,
  startRedisSandbox,
  startSandbox,
  startSupersetSandbox,
  type KubernetesSandbox,
  type RedisSandbox,
  type Sandbox,
  type SupersetSandbox,
} from '@lakehouse-ops/sandbox';
import { sandboxConfig } from '../__testUtils__/sandboxConfig';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';

jest.setTimeout(180_000);

/** The simulated lakehouse, with what the config needs of it. */
describe('a shipped runbook, walked on the sandbox', () => {
  let trino: Sandbox;
  let redis: RedisSandbox;
  let superset: SupersetSandbox;
  let kubernetes: KubernetesSandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;

  beforeAll(async () => {
    trino = await startSandbox({ speed: 20 });
    redis = await startRedisSandbox({ port: 0, workload: true });
    superset = await startSupersetSandbox({ port: 0 });
    kubernetes = await startKubernetesSandbox({ port: 0, speed: 100 });
    runbooks = await startRunbooks({
      config: sandboxConfig({ trino, redis, superset, kubernetes }),
    });
  });

  afterAll(async () => {
    await Promise.all(
      [trino, redis, superset, kubernetes].map(server => server?.close()),
    );
  });

  it('table-small-files compacts, and shows that it did', async () => {
    const { run, approvedBy } = await walkRunbook(runbooks, {
      runbookId: 'table-small-files',
      parameters: {
        connection: 'analytics',
        table: 'iceberg.lake.events_small_files',
      },
    });
    expect(run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
    expect(run.verification?.metrics).toContainEqual(
      expect.objectContaining({
        label: 'Data files',
        before: 300,
        after: expect.any(Number),
      }),
    );
    const after = run.verification?.metrics.find(
      ({ label }) => label === 'Data files',
    )?.after;
    expect(Number(after)).toBeLessThan(10);
    expect(approvedBy).toEqual([]);
  });

  it('table-stale-statistics brings statistics up to date', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'table-stale-statistics',
      parameters: {
        connection: 'analytics',
        table: 'iceberg.lake.orders_stale_stats',
      },
    });
    expect(run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
  });

  it('table-snapshot-bloat needs a second person, and expires', async () => {
    const { run, approvedBy } = await walkRunbook(runbooks, {
      runbookId: 'table-snapshot-bloat',
      parameters: {
        connection: 'analytics',
        table: 'iceberg.lake.snapshots_bloat',
        removeOrphans: true,
      },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(approvedBy).not.toEqual([]);
    expect(run.verification?.metrics).toContainEqual(
      expect.objectContaining({ label: 'Old snapshots', after: 0 }),
    );
  });

  it('superset-cache-stale leaves no old figures', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'superset-cache-stale',
      parameters: { connection: 'bi', dashboard: '1' },
    });
    expect(run.error).toBeUndefined();
    expect(run.verification?.outcome).toBe('verified');
    // One of its charts asks for a column that is not there.
    expect(
      run.steps.find(({ id }) => id === 'warm/verify')?.verification,
    ).toMatchObject({
      outcome: 'verified',
      summary: expect.stringMatching(
        /^3 of 4 charts are warm\. Not so: 'Order prices' \(/,
      ),
    });
    expect(superset.world.ran).toEqual(
      expect.arrayContaining(['region', 'day', 'orderstatus']),
    );
  });

  it('cache-stampede spreads expiry once somebody agreed, and asks for the rest', async () => {
    const { run, approvedBy } = await walkRunbook(runbooks, {
      runbookId: 'cache-stampede',
      parameters: {
        connection: 'cache',
        prefix: 'personal-api',
        windowSeconds: 3600,
        hitRatio: 50,
        trino: 'analytics',
        source: 'personal-api',
      },
      answers: { protect: { changed: 'Coalescing is on.' } },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(approvedBy).toEqual(['user:default/second']);
    expect(run.verification?.metrics).toContainEqual(
      expect.objectContaining({
        label: 'Hit ratio',
        after: expect.any(Number),
      }),
    );
  });

  it('cache-eviction-pressure does nothing to a cache that is not full', async () => {
    await expect(
      walkRunbook(runbooks, {
        runbookId: 'cache-eviction-pressure',
        parameters: { connection: 'cache', prefix: 'session' },
      }),
    ).resolves.toMatchObject({
      run: {
        state: 'failed',
        error: { message: expect.stringContaining('not full') },
      },
    });
  });

  it('trino-memory-pressure ends what a person chose', async () => {
    const connection = trino.trinoUrl;
    const begun = await fetch(`${connection}/v1/statement`, {
      method: 'POST',
      body: 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem',
      headers: { 'x-trino-user': 'alice', 'x-trino-source': 'big-report' },
    });
    const { id, nextUri } = await begun.json();
    await fetch(nextUri);
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'trino-memory-pressure',
      parameters: { connection: 'analytics', freePercent: 1 },
      answers: { choose: { queries: id } },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    const answer = await fetch(`${connection}/v1/query/${id}`, {
      headers: { 'x-trino-user': 'alice' },
    });
    await expect(answer.json()).resolves.toMatchObject({ state: 'FAILED' });
  });

  it('trino-coordinator-down does nothing to one that answers', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'trino-coordinator-down',
      parameters: {
        connection: 'analytics',
        kubernetes: 'prod',
        namespace: 'lakehouse',
        workload: 'trino-coordinator',
      },
    });
    expect(run).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('is ready, not down') },
    });
  });

  it('trino-coordinator-down brings it back, once somebody agreed', async () => {
    const port = Number(new URL(trino.trinoUrl).port);
    await trino.close();
    let isBack = false;
    const { run, approvedBy } = await walkRunbook(runbooks, {
      runbookId: 'trino-coordinator-down',
      parameters: {
        connection: 'analytics',
        kubernetes: 'prod',
        namespace: 'lakehouse',
        workload: 'trino-coordinator',
      },
      meanwhile: async ({ steps }) => {
        const restart = steps.find(({ id }) => id === 'restart/execute');
        if (isBack || restart?.state !== 'succeeded') return;
        isBack = true;
        trino = await startSandbox({ port, speed: 20 });
      },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(isBack).toBe(true);
    expect(approvedBy).toEqual(['user:default/second']);
    expect(
      run.steps.find(({ stepId }) => stepId === 'back')?.verification,
    ).toMatchObject({ outcome: 'verified' });
  });
});
