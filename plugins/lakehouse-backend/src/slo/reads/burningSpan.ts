import {
  cutSpans,
  meetsBurnRate,
  type BurnRateCondition,
  type MsSpan,
  type SloMinute,
} from '@lakehouse-ops/plugin-lakehouse-common';

const MINUTE_MS = 60_000;

/**
 * The part of a range in which an alert can be anything but inactive: from the
 * first to the last minute at whose end the long lookback meets the factor, with
 * a minute on either side. Undefined when there is none. Of one objective with
 * Occurrences; so that trying an alert takes as long as there was trouble, not
 * as long as the window is.
 */
export function burningSpan(options: {
  condition: Pick<BurnRateCondition, 'op' | 'factor' | 'longMs'>;
  target: number;
  minutes: readonly SloMinute[];
  excluded: readonly MsSpan[];
  range: MsSpan;
}): MsSpan | undefined {
  const { condition, target, minutes, excluded, range } = options;
  const { op, factor, longMs } = condition;
  if (op === 'lte' || op === 'lt') return range;
  const fromMs =
    Math.floor((range.fromMs - longMs) / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
  const length = Math.ceil((range.toMs - fromMs) / MINUTE_MS) + 1;
  const bad = new Float64Array(length + 1);
  const total = new Float64Array(length + 1);
  const kept = new Uint8Array(length);
  for (const span of cutSpans({ fromMs, toMs: range.toMs }, excluded)) {
    kept.fill(
      1,
      (span.fromMs - fromMs) / MINUTE_MS,
      (span.toMs - fromMs) / MINUTE_MS,
    );
  }
  for (const minute of minutes) {
    const index = Math.floor((minute.startMs - fromMs) / MINUTE_MS);
    if (index < 0 || index >= length || !kept[index]) continue;
    bad[index + 1] += Math.max(0, minute.total - minute.good);
    total[index + 1] += minute.total;
  }
  for (let index = 1; index <= length; index += 1) {
    bad[index] += bad[index - 1];
    total[index] += total[index - 1];
  }
  const long = Math.ceil(longMs / MINUTE_MS);
  let first: number | undefined;
  let last = 0;
  for (let at = long; at <= length; at += 1) {
    const counted = total[at] - total[at - long];
    if (counted <= 0) continue;
    const rate = (bad[at] - bad[at - long]) / counted / (1 - target);
    // Rounding must not hide what the alert itself would see.
    if (meetsBurnRate(op, rate * (1 + 1e-9), factor)) {
      first ??= at;
      last = at;
    }
  }
  if (first === undefined) return undefined;
  const span = {
    fromMs: Math.max(range.fromMs, fromMs + (first - 2) * MINUTE_MS),
    toMs: Math.min(range.toMs, fromMs + (last + 2) * MINUTE_MS),
  };
  return span.fromMs < span.toMs ? span : undefined;
}
