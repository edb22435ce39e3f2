import type {
  SloHistory,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at } from '../../__testUtils__/mockData/mockTime';
import { DAY_MS } from './mockSlo';

/** A window with a gap, a maintenance, an alert that fired and one that ended. */
export function mockHistory(
  slo: SloView,
  range: { from?: string; to?: string } = {},
  now = Date.now(),
): SloHistory {
  const from = range.from ?? slo.windowFrom;
  const to = range.to ?? slo.windowTo;
  const fromMs = Date.parse(from);
  const toMs = Math.min(Date.parse(to), now);
  const times = Array.from(
    { length: 120 },
    (_, index) => fromMs + ((toMs - fromMs) * index) / 119,
  );
  const remaining = slo.budget?.remaining;
  const missing = (index: number) =>
    remaining === undefined || (index > 50 && index < 58);
  return {
    from,
    to,
    points: times.map((timeMs, index) => ({
      at: new Date(timeMs).toISOString(),
      remaining:
        missing(index) || remaining === undefined
          ? undefined
          : 1 -
            (1 - remaining) *
              ((index / 119) * 0.35 + (index / 119) ** 4 * 0.65),
      attainment: slo.attainment,
    })),
    burnRates: slo.burnRates.map(({ condition, factor, longMs, long }) => ({
      condition,
      factor,
      longMs,
      points: times.map((timeMs, index) => ({
        at: new Date(timeMs).toISOString(),
        value:
          missing(index) || long === undefined
            ? undefined
            : long * (0.2 + 0.8 * (index / 119) ** 3),
      })),
    })),
    forecast: slo.forecast?.exhaustedAt
      ? [0, 1, 2, 3, 4].map(day => ({
          at: at(now, -day * DAY_MS),
          low: Math.max(-0.4, (remaining ?? 1) - 0.19 * day),
          mid: (remaining ?? 1) - 0.12 * day,
          high: (remaining ?? 1) - 0.07 * day,
        }))
      : [],
    gaps:
      remaining === undefined
        ? []
        : [
            {
              from: new Date(times[50]).toISOString(),
              to: new Date(times[58]).toISOString(),
              reason: 'Trino did not answer (connect timeout)',
            },
          ],
    excluded: slo.corrections.map(correction => ({
      from: correction.from,
      to: correction.to,
      reason: correction.reason,
    })),
    marks: slo.alerts.flatMap(alert => [
      ...(alert.firedAt
        ? [
            {
              at: alert.firedAt,
              kind: 'alert-fired' as const,
              title: `${alert.condition} (${alert.severity}) fired`,
            },
          ]
        : []),
      ...(alert.resolvedAt
        ? [
            {
              at: alert.resolvedAt,
              kind: 'alert-resolved' as const,
              title: `${alert.condition} resolved`,
            },
          ]
        : []),
    ]),
  };
}
