import type { VerificationMetric } from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue, numericValue } from '../../format/formatValue';

/** "97 % less, better"; nothing when there is nothing to compare. */
export function describeChange(metric: VerificationMetric): string | undefined {
  const { unit, better } = metric;
  if (unit === 'text') return undefined;
  const before = numericValue(metric.before);
  const after = numericValue(metric.after);
  if (before === undefined || after === undefined) return undefined;
  if (before === after) return 'no change';
  const less = after < before;
  const judged =
    better && (better === 'lower') === less ? ', better' : ', worse';
  const suffix = better ? judged : '';
  // A share of a share misleads, and of zero there is none.
  if (unit === 'percent' || before === 0) {
    const points = formatValue(
      Math.abs(after - before),
      unit === 'percent' ? 'count' : unit,
    );
    return `${points}${unit === 'percent' ? ' points' : ''} ${
      less ? 'less' : 'more'
    }${suffix}`;
  }
  const share = Math.abs(after - before) / Math.abs(before);
  const times = after / before;
  if (!less && times >= 3) {
    return `${times.toLocaleString('en', {
      maximumFractionDigits: 1,
    })} times as much${suffix}`;
  }
  return `${formatValue(100 * share, 'percent')} ${
    less ? 'less' : 'more'
  }${suffix}`;
}
