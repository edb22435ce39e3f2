import { mockServices } from '@backstage/backend-test-utils';
import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import type { BatchObservableCallback, Meter } from '@opentelemetry/api';
import { storedSlo, sloSummary } from '../__testUtils__/slos';
import { durationLabel } from './durationLabel';
import { SloFigures } from './SloFigures';

const LABELS = {
  slo: 'component.default.personal-api.latency',
  service: 'personal-api',
  entity: 'component:default/personal-api',
};

function setUp(
  summaries: readonly SloSummary[],
  ids = summaries.map(({ id }) => id),
) {
  const callbacks: BatchObservableCallback[] = [];
  const meter = {
    createObservableGauge: (name: string) => ({ name }),
    addBatchObservableCallback: (callback: BatchObservableCallback) =>
      callbacks.push(callback),
  } as unknown as Meter;
  const logger = mockServices.logger.mock();
  const get = jest.fn(
    async (_: readonly string[]) =>
      new Map(summaries.map(one => [one.id, one])),
  );
  SloFigures.create({
    book: { list: async () => ids.map(id => storedSlo({ id })) },
    states: { get },
    logger,
    meter,
  });
  const observe = async () => {
    const observed: Array<[string, number, object]> = [];
    await callbacks[0]({
      observe: (gauge: unknown, value: number, labels: object = {}) => {
        observed.push([(gauge as { name: string }).name, value, labels]);
      },
    });
    return observed;
  };
  return { observe, get, logger };
}

describe('SloFigures', () => {
  it('tells what is known of an SLO', async () => {
    const { observe } = setUp([sloSummary()]);
    expect(await observe()).toEqual([
      ['slo.target.ratio', 0.99, LABELS],
      ['slo.alert.firing', 1, LABELS],
      ['slo.attainment.ratio', 0.995, LABELS],
      ['slo.error_budget.remaining.ratio', 0.5, LABELS],
      ['slo.coverage.ratio', 0.9, LABELS],
      ['slo.burn_rate', 15, { ...LABELS, window: '1h' }],
      ['slo.burn_rate', 20, { ...LABELS, window: '5m' }],
    ]);
  });

  it.each<[string, Partial<SloSummary>]>([
    ['the data are stale', { data: 'stale' }],
    ['nothing was ever observed', { data: 'no-data' }],
    ['nobody evaluates any more', { evaluatedAt: '2026-01-01T00:00:00Z' }],
  ])('tells no figure as if it were of now when %s', async (_, overrides) => {
    const { observe } = setUp([sloSummary(overrides)]);
    expect((await observe()).map(([name]) => name)).toEqual([
      'slo.target.ratio',
      'slo.alert.firing',
    ]);
  });

  it('tells no 0 for what is not known', async () => {
    const { observe } = setUp([
      sloSummary({
        attainment: undefined,
        budget: undefined,
        coverage: undefined,
        burnRates: [],
        entityRef: undefined,
      }),
    ]);
    const labels = { ...LABELS, entity: '' };
    expect(await observe()).toEqual([
      ['slo.target.ratio', 0.99, labels],
      ['slo.alert.firing', 0, labels],
    ]);
  });

  it('tells of at most 1,000 SLOs, and says so once', async () => {
    const ids = Array.from({ length: 1_001 }, (_, index) => `s${index}`);
    const { observe, get, logger } = setUp([], ids);
    await observe();
    await observe();
    expect(get.mock.calls[0][0]).toHaveLength(1_000);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('tells nothing while the database is away', async () => {
    const { observe, get, logger } = setUp([sloSummary()]);
    get.mockRejectedValue(new Error('select secret - database is locked'));
    expect(await observe()).toEqual([]);
    expect(JSON.stringify(logger.debug.mock.calls)).not.toContain('secret');
  });
});

describe('durationLabel', () => {
  it.each([
    [3 * 86_400_000, '3d'],
    [36 * 3_600_000, '36h'],
    [300_000, '5m'],
    [90_000, '90s'],
    [1_500, '1500ms'],
  ])('writes %d ms as %s', (ms, label) => {
    expect(durationLabel(ms)).toBe(label);
  });
});
