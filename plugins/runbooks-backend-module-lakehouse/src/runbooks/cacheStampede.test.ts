import { type RedisSandbox, startRedisSandbox } from '@lakehouse-ops/sandbox';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';
import { readShippedRunbooks } from './readShippedRunbooks';

jest.setTimeout(120_000);

const ID = 'cache-stampede';
const IMPATIENT = 'impatient-stampede';
const KEYS = 20;
const TTL_SECONDS = 3_000;

/** The shipped runbook, which waits for its proof no longer than for two looks. */
async function impatient() {
  const files = await readShippedRunbooks();
  const { name, text } = files.find(file => file.name.includes(ID)) ?? {};
  if (!name || !text) throw new Error(`${ID} is not shipped.`);
  return {
    name: name.replace(ID, IMPATIENT),
    text: text
      .replace(`name: ${ID}`, `name: ${IMPATIENT}`)
      .replace('within: 10m', 'within: 12s')
      .replace('every: 15s', 'every: 1s'),
  };
}

describe('cache-stampede on a cache that nobody reads', () => {
  let redis: RedisSandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;

  beforeAll(async () => {
    redis = await startRedisSandbox({ port: 0 });
    runbooks = await startRunbooks({
      files: [await impatient()],
      config: {
        runbooks: { lease: { minutes: 5 } },
        lakehouse: {
          redis: { connections: [{ id: 'cache', url: redis.url }] },
        },
      },
    });
  });

  afterAll(() => redis?.close());

  it('spreads expiry, and does not claim that the cache answers again', async () => {
    for (let key = 0; key < KEYS; key += 1) {
      redis.world.write(`shop:${key}`, 'x', TTL_SECONDS);
    }
    const { run } = await walkRunbook(runbooks, {
      runbookId: IMPATIENT,
      parameters: {
        connection: 'cache',
        prefix: 'shop:',
        windowSeconds: 60,
        hitRatio: 1,
      },
      answers: { protect: { changed: 'It is switched off.' } },
    });
    expect(run.steps.find(({ id }) => id === 'spread/verify')).toMatchObject({
      verification: { outcome: 'verified' },
    });
    expect(run).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('nothing was read') },
    });
    expect(run.steps.find(({ id }) => id === 'left/check')?.message).toContain(
      'Nobody reads from the cache',
    );
  });
});
