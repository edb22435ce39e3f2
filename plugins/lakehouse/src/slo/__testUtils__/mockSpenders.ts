import type {
  SloSpenders,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from '../../__testUtils__/mockData/mockTime';
import { HOUR_MS } from './mockSlo';

/** Most of it by one source on one table. */
export function mockSpenders(slo: SloView, now = Date.now()): SloSpenders {
  const range = { from: slo.windowFrom, to: slo.windowTo };
  if (!slo.budget || slo.budget.spent === 0) {
    return { ...range, spent: 0, dimensions: [], note: 'Nothing was spent.' };
  }
  const item = (value: string | undefined, share: number) => ({
    value,
    share,
    bad: Math.round(share * 132),
    firstAt: at(now, 7 * HOUR_MS),
    lastAt: at(now, HOUR_MS + 12 * MINUTE_MS),
  });
  return {
    ...range,
    spent: 1 - slo.budget.remaining,
    dimensions: [
      {
        dimension: 'source',
        items: [
          item('nightly-export', 0.81),
          item('superset', 0.15),
          item(undefined, 0.04),
        ],
      },
      {
        dimension: 'user',
        items: [item('svc-export', 0.81), item('alice', 0.19)],
      },
      {
        dimension: 'table',
        items: [
          item('lake.gold.daily_sales', 0.92),
          item('lake.gold.orders', 0.08),
        ],
      },
      { dimension: 'error', items: [item('EXCEEDED_TIME_LIMIT', 1)] },
      {
        dimension: 'resourceGroup',
        items: [item('global.etl', 0.83), item('global.adhoc', 0.17)],
      },
    ],
  };
}
