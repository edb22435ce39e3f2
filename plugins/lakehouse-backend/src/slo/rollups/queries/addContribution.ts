import type { SpenderDimension } from '@lakehouse-ops/plugin-lakehouse-common';
import { storableText } from '../../../observations/storable';
import type { RollupDelta } from '../shared/RollupDelta';
import { DAY_MS, floorTo, HOUR_MS } from '../shared/widths';
import type { SloSeries } from '../SloRollups';
import type { Contribution } from './contributionOf';
import type { QueryFacts } from './QueryFacts';

/** Names are kept to this length: a user or a source may be called anything. */
const VALUE_LENGTH_MAX = 300;

/** Adds what a query counts for to what is to be written, or takes it away. */
export function addContribution(
  delta: RollupDelta,
  options: {
    series: SloSeries;
    contribution: Contribution;
    facts: QueryFacts;
    sign: 1 | -1;
  },
): void {
  const { series, contribution, facts, sign } = options;
  const { good, total, bin, minuteMs } = contribution;
  delta.addMinute(
    { id: series.id, sliceMs: series.slice?.durationMs },
    minuteMs,
    { good: sign * good, total: sign * total },
  );
  if (bin !== undefined) {
    delta.addBin({
      series_id: series.id,
      day_at: floorTo(minuteMs, DAY_MS),
      bin,
      count: sign * total,
    });
  }
  const bad = total - good;
  if (bad <= 0) return;
  for (const [dimension, values] of spendersOf(facts)) {
    for (const value of values) {
      delta.addSpender({
        series_id: series.id,
        hour_at: floorTo(minuteMs, HOUR_MS),
        dimension,
        value: shortValue(value),
        bad: (sign * bad) / values.length,
      });
    }
  }
}

function spendersOf(
  facts: QueryFacts,
): ReadonlyArray<readonly [SpenderDimension, readonly string[]]> {
  return [
    ['source', [facts.source ?? '']],
    ['user', [facts.user ?? '']],
    ['table', facts.tables.length ? facts.tables : ['']],
    ['error', [facts.errorName ?? '']],
    ['resourceGroup', [facts.resourceGroup ?? '']],
  ];
}

/** What is cut off may leave half a character, which no database takes. */
function shortValue(value: string): string {
  return value.length > VALUE_LENGTH_MAX
    ? storableText(value.slice(0, VALUE_LENGTH_MAX))
    : value;
}
