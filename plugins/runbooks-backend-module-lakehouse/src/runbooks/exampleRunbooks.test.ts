import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type RedisSandbox,
  type Sandbox,
  startRedisSandbox,
  startSandbox,
} from '@lakehouse-ops/sandbox';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';

jest.setTimeout(120_000);

const ID = 'personal-api-late-load';
const FILE = join(
  __dirname,
  `../../../../examples/catalog/runbooks/${ID}.yaml`,
);

describe('the runbook of an owner in the example catalog', () => {
  let trino: Sandbox;
  let redis: RedisSandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;

  beforeAll(async () => {
    trino = await startSandbox({ speed: 20 });
    redis = await startRedisSandbox({ port: 0, workload: true });
    runbooks = await startRunbooks({
      files: [{ name: FILE, text: await readFile(FILE, 'utf8') }],
      config: {
        runbooks: { lease: { minutes: 5 } },
        lakehouse: {
          trino: {
            connections: [
              { id: 'analytics', url: trino.trinoUrl, user: 'lakehouse-ops' },
            ],
          },
          redis: { connections: [{ id: 'cache', url: redis.url }] },
        },
      },
    });
  });

  afterAll(async () => {
    await Promise.all([trino, redis].map(server => server?.close()));
  });

  it('is read without a problem', async () => {
    expect((await runbooks.client.getRunbookProblems()).items).toEqual([]);
    const { items } = await runbooks.client.getRunbooks();
    expect(items.find(({ id }) => id === ID)).toMatchObject({ risk: 'low' });
  });

  it('lets the chosen answers expire, and shows that the cache answers', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: ID,
      parameters: {
        answers: ['commits', 'repo-stats'],
        windowSeconds: 10,
        hitRatio: 1,
      },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(
      run.steps.filter(({ kind }) => kind === 'execute').map(({ id }) => id),
    ).toEqual(['expire#0/execute', 'expire#1/execute']);
  });

  it('does nothing while the load has not come', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: ID,
      parameters: { loadedWithinHours: 1 },
    });
    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('Nothing was done');
    expect(
      run.steps.filter(
        ({ kind, state }) => kind === 'execute' && state !== 'skipped',
      ),
    ).toEqual([]);
  });
});
