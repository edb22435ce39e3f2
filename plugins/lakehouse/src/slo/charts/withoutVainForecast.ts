import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';

/** A history without a forecast of when the budget is empty, where it is empty already. */
export function withoutVainForecast(history: SloHistory): SloHistory {
  const left = history.points.flatMap(({ remaining }) => remaining ?? []).pop();
  return left !== undefined && left <= 0
    ? { ...history, forecast: [] }
    : history;
}
