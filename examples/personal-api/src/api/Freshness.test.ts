import type { ZodType } from 'zod';
import { Freshness } from './Freshness';

const NOW = Date.parse('2026-11-21T12:00:00Z');

function freshness(answer: () => Promise<unknown[]>) {
  let now = NOW;
  const ask = jest.fn();
  const rows = async <T>(sql: string, row: ZodType<T>) => {
    ask(sql);
    return (await answer()).map(one => row.parse(one));
  };
  const onError = jest.fn();
  const asked = Freshness.create({
    queries: { rows },
    table: 'iceberg.lake.orders',
    now: () => now,
    onError,
  });
  return {
    ask,
    onError,
    ttlMs: () => asked.ttlMs(),
    after: (ms: number) => {
      now += ms;
    },
  };
}

describe('Freshness', () => {
  it.each([
    ['2026-11-21 11:59:59.000', 10_000],
    ['2026-11-21 11:30:00.000', 180_000],
    ['2026-11-01 00:00:00.000', 600_000],
  ])('of a table written at %s gives %d ms', async (writtenAt, expected) => {
    const { ttlMs } = freshness(async () => [[writtenAt]]);
    expect(await ttlMs()).toBe(expected);
  });

  it('gives the shortest time to what does not tell', async () => {
    const { ttlMs, onError } = freshness(async () => {
      throw new Error('no such table');
    });
    expect(await ttlMs()).toBe(10_000);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(await freshness(async () => [[null]]).ttlMs()).toBe(10_000);
  });

  it('asks once a minute', async () => {
    const { ttlMs, ask, after } = freshness(async () => [[null]]);
    await Promise.all([ttlMs(), ttlMs()]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask.mock.calls[0][0]).toContain(
      '"iceberg"."lake"."orders$snapshots"',
    );
    after(60_000);
    await ttlMs();
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
