import { latencyBin } from '@lakehouse-ops/plugin-lakehouse-common';
import { MemoryRollups } from '../__testUtils__/MemoryRollups';
import { sloDefinition, storedSlo } from '../__testUtils__/slos';
import type { SeriesReach } from '../rollups/SloRollups';
import { newestParts, planEvaluation } from './EvaluationPlan';
import { LatencyNotes } from './LatencyNotes';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);

const planOf = (id: string, atMs = NOW, since = '2026-10-01T00:00:00.000Z') =>
  planEvaluation(
    { slo: storedSlo({ id, since }), versions: [], corrections: [] },
    atMs,
  );

function setUp() {
  const rollups = new MemoryRollups();
  const notes = LatencyNotes.create({ rollups });
  const count = (ms: number, options: { daysAgo: number }) => {
    rollups.bins.push({
      dayMs: Math.floor(NOW / DAY) * DAY - options.daysAgo * DAY,
      bin: latencyBin(ms) ?? NaN,
      count: 100,
    });
  };
  return { rollups, notes, count };
}

const counted = (plan: ReturnType<typeof planOf>, countedFromMs: number) =>
  new Map<string, SeriesReach>(
    newestParts(plan).map(({ series }) => [
      series.id,
      { countedFromMs, backfilling: false },
    ]),
  );

describe('LatencyNotes', () => {
  it('reads each minute, and of days that are over each hour or when more of them was counted', async () => {
    const { rollups, notes, count } = setUp();
    count(100, { daysAgo: 0 });
    const p95 = async (atMs: number, countedFromMs = NOW) => {
      const plan = planOf('a', atMs);
      const reach = counted(plan, countedFromMs);
      await notes.refresh([{ plan, reach }], atMs);
      return notes.get(plan, '0')?.told?.p95;
    };
    expect(notes.get(planOf('a'), '0')).toBeUndefined();
    expect(await p95(NOW)).toBeCloseTo(100, -1);
    count(5_000, { daysAgo: 0 });
    expect(await p95(NOW)).toBeCloseTo(100, -1);
    expect(await p95(NOW + MINUTE)).toBeCloseTo(5_000, -2);

    count(20_000, { daysAgo: 1 });
    expect(await p95(NOW + 2 * MINUTE)).toBeCloseTo(5_000, -2);
    expect(await p95(NOW + 3 * MINUTE, NOW - DAY)).toBeGreaterThan(19_000);
    count(90_000, { daysAgo: 1 });
    expect(await p95(NOW + 4 * MINUTE, NOW - DAY)).toBeLessThan(21_000);
    expect(await p95(NOW + 64 * MINUTE, NOW - DAY)).toBeGreaterThan(80_000);
    expect(rollups.calls.latencyBins).toBe(6);
  });

  it('reads some in each round, the oldest first, and forgets what is gone', async () => {
    const { notes, count } = setUp();
    count(100, { daysAgo: 0 });
    const hour = (n: number, atMs: number) =>
      planEvaluation(
        {
          slo: storedSlo({
            id: `slo-${n}`,
            definition: sloDefinition({
              // Nothing of it lies in a day that is over.
              window: { kind: 'rolling', durationMs: 60 * MINUTE },
            }),
          }),
          versions: [],
          corrections: [],
        },
        atMs,
      );
    const plans = Array.from({ length: 200 }, (_, n) => hour(n, NOW));
    const requests = plans.map(plan => ({ plan, reach: counted(plan, NOW) }));
    const known = () =>
      plans.filter(plan => notes.get(plan, '0') !== undefined).length;
    await notes.refresh(requests, NOW);
    expect(known()).toBe(150);
    await notes.refresh(requests, NOW);
    expect(known()).toBe(200);
    notes.keepOnly(new Set(['slo-7']));
    expect(known()).toBe(1);
  });

  it('reads days that are over of fewer at once, and of others goes on', async () => {
    const { rollups, notes, count } = setUp();
    count(100, { daysAgo: 0 });
    const refresh = async (atMs: number) => {
      const plans = Array.from({ length: 120 }, (_, n) => {
        const [objective] = sloDefinition().objectives;
        return planEvaluation(
          {
            slo: storedSlo({
              id: `slo-${n}`,
              definition: sloDefinition({
                objectives: [
                  {
                    ...objective,
                    threshold: { op: 'lte', value: n, unit: 's' },
                  },
                ],
              }),
            }),
            versions: [],
            corrections: [],
          },
          atMs,
        );
      });
      await notes.refresh(
        plans.map(plan => ({ plan, reach: counted(plan, NOW) })),
        atMs,
      );
      return plans.filter(plan => notes.get(plan, '0') !== undefined).length;
    };
    expect(await refresh(NOW)).toBe(50);
    expect(await refresh(NOW)).toBe(100);
    expect(await refresh(NOW + MINUTE)).toBe(120);
    expect(rollups.calls.latencyBins).toBe(3);
  });

  it('tells nothing that it read long ago', async () => {
    const { notes, count } = setUp();
    count(100, { daysAgo: 0 });
    const plan = planOf('a');
    await notes.refresh([{ plan, reach: counted(plan, NOW) }], NOW);
    await notes.refresh([], NOW + 5 * MINUTE);
    expect(notes.get(plan, '0')?.told?.p95).toBeCloseTo(100, -1);
    await notes.refresh([], NOW + 6 * MINUTE);
    expect(notes.get(plan, '0')).toBeUndefined();
  });

  it('takes no latency of an earlier definition, and tells none of what has none', async () => {
    const { notes, count } = setUp();
    count(100, { daysAgo: 0 });
    const plan = planOf('a');
    await notes.refresh([{ plan, reach: counted(plan, NOW) }], NOW);
    expect(
      notes.get(planOf('a', NOW, '2026-11-20T00:00:00.000Z'), '0'),
    ).toBeUndefined();
    const [objective] = sloDefinition().objectives;
    const success = planEvaluation(
      {
        slo: storedSlo({
          definition: sloDefinition({
            objectives: [
              {
                ...objective,
                threshold: undefined,
                sli: {
                  name: 'success',
                  source: {
                    type: 'lakehouse',
                    indicator: 'query-success',
                    connection: 'analytics',
                    filter: {},
                  },
                },
              },
            ],
          }),
        }),
        versions: [],
        corrections: [],
      },
      NOW,
    );
    expect(notes.get(success, '0')).toEqual({});
  });
});
