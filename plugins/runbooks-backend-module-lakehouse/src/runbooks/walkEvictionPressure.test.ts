import { type RedisSandbox, startRedisSandbox } from '@lakehouse-ops/sandbox';
import { sandboxConfig } from '../__testUtils__/sandboxConfig';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';

jest.setTimeout(180_000);

/** All together 95 % of the 256 MiB that the simulated server may use. */
const REPORTS = 2_550;
const REPORT = 'x'.repeat(100_000);
const SESSIONS = 20;

describe('cache-eviction-pressure, walked on the sandbox', () => {
  let redis: RedisSandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;

  beforeAll(async () => {
    redis = await startRedisSandbox({ port: 0 });
    for (let key = 0; key < REPORTS; key += 1) {
      redis.world.write(`report:${key}`, REPORT);
    }
    for (let key = 0; key < SESSIONS; key += 1) {
      redis.world.write(`session:${key}`, 'x');
    }
    runbooks = await startRunbooks({
      config: sandboxConfig({ redis }),
    });
  });

  afterAll(() => redis?.close());

  it('touches nothing when no key begins with the prefix', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'cache-eviction-pressure',
      parameters: { connection: 'cache', prefix: 'reports' },
    });
    expect(run.state).toBe('failed');
    expect(run.error?.message).toContain('No key begins with reports');
    expect(redis.world.size).toBe(REPORTS + SESSIONS);
  });

  it('lets the keys of a prefix go until there is room, and no others', async () => {
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'cache-eviction-pressure',
      parameters: { connection: 'cache', prefix: 'report:', windowSeconds: 3 },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(redis.world.keys('report:')).toEqual([]);
    expect(redis.world.keys('session:')).toHaveLength(SESSIONS);
    const memory = run.verification?.metrics.find(
      ({ label }) => label === 'Memory used',
    );
    expect(Number(memory?.before)).toBeGreaterThan(90);
    expect(Number(memory?.after)).toBeLessThan(5);
  });
});
