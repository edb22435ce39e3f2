import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatShare } from '../../components/format';
import { formatRemaining } from '../sloFormat';

/** Says in words what the line of a budget shows. */
export function summariseBudget(history: SloHistory): string {
  const known = history.points.filter(
    ({ remaining }) => remaining !== undefined,
  );
  const last = known[known.length - 1]?.remaining;
  if (last === undefined) return 'Not observed in this time.';
  const first = known[0]?.remaining;
  return first === undefined || first === last
    ? `${formatRemaining(last)} throughout.`
    : `${first < 0 ? formatRemaining(first) : formatShare(first)} → ${
        last < 0 ? formatRemaining(last) : formatShare(last)
      }.`;
}
