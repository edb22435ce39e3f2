import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from '../../components/charts';

/** A history with what touches a span alone, so that nothing is named which can't be seen. */
export function historyWithin(
  history: SloHistory,
  { fromMs, toMs }: TimeSpan,
): SloHistory {
  const touches = (one: { readonly from: string; readonly to: string }) =>
    Date.parse(one.to) > fromMs && Date.parse(one.from) < toMs;
  const inside = ({ at }: { readonly at: string }) =>
    Date.parse(at) >= fromMs && Date.parse(at) <= toMs;
  const forecast = history.forecast.filter(inside);
  return {
    ...history,
    // One point alone is where the span ends, and no line.
    forecast: forecast.length > 1 ? forecast : [],
    gaps: history.gaps.filter(touches),
    excluded: history.excluded.filter(touches),
    marks: history.marks.filter(inside),
  };
}
