import { runContext } from '../../__testUtils__/runContext';
import { awaitDrained } from './awaitDrained';
import type { QueriesLook } from './lookAtQueries';
import { verifyDeactivation } from './verifyDeactivation';

const trino = (...ids: string[]): QueriesLook => ({
  by: 'trino',
  ids,
  running: ids.length,
  queued: 0,
});
const counted = (running: number): QueriesLook => ({
  by: 'gateway',
  running,
  queued: 0,
});
const nobody: QueriesLook = { by: 'nobody', reason: 'it does not answer' };

async function drain(
  looks: readonly QueriesLook[],
  options: { waitMs?: number; settleMs?: number } = {},
) {
  const { log, lines, signal } = runContext({});
  let at = 0;
  const result = await awaitDrained({
    look: async () => {
      at += 1;
      return looks[Math.min(at, looks.length) - 1];
    },
    log,
    signal,
    waitMs: options.waitMs ?? 500,
    waits: { everyMs: 5, settleMs: options.settleMs ?? 30 },
  });
  return { result, lines, looks: at };
}

describe('awaitDrained', () => {
  it('waits for those that were there, and for one that was on its way', async () => {
    const { result, lines } = await drain([
      trino('a'),
      trino('a', 'b'),
      trino('b', 'later'),
      trino('later'),
    ]);
    expect(result).toMatchObject({ drained: true, remaining: 0 });
    expect(lines).toContain(
      '1 of 2 queries are still there; 1 came another way and are not waited for',
    );
  });

  it('does not believe one empty look', async () => {
    const { looks } = await drain([trino(), trino('a'), trino('a'), trino()]);
    expect(looks).toBe(4);
  });

  it('wants a count to stay at 0', async () => {
    const { result, looks } = await drain([counted(0), counted(1), counted(0)]);
    expect(result.drained).toBe(true);
    expect(looks).toBeGreaterThan(4);
  });

  it('begins anew when nobody could tell in between', async () => {
    const { result } = await drain([counted(0), nobody], { waitMs: 60 });
    expect(result).toEqual({
      drained: false,
      remaining: undefined,
      reason: 'it does not answer',
    });
    expect(
      verifyDeactivation({
        name: 'etl',
        active: false,
        waited: true,
        ...result,
      }),
    ).toMatchObject({
      outcome: 'inconclusive',
      summary: expect.stringContaining('it does not answer'),
    });
  });

  it('tells how many were still there when the time was over', async () => {
    const { result } = await drain([trino('a', 'b')], { waitMs: 40 });
    expect(result).toEqual({
      drained: false,
      remaining: 2,
      reason: undefined,
    });
    expect(
      verifyDeactivation({
        name: 'etl',
        active: false,
        waited: true,
        alive: 2,
        ...result,
      }),
    ).toMatchObject({
      outcome: 'not-verified',
      summary: expect.stringContaining('2 of those that it had'),
    });
  });

  it('tells that somebody brought the backend back', () => {
    expect(
      verifyDeactivation({
        name: 'etl',
        active: true,
        waited: true,
        drained: true,
      }),
    ).toMatchObject({ outcome: 'not-verified' });
  });
});
