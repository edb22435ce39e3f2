import type { BudgetForecast } from '@lakehouse-ops/plugin-lakehouse-common';
import { forecastOf, type ForecastRequest } from './forecastOf';

/** Forecasts of all SLOs, each made anew when a minute has passed or its figures moved. */
export class Forecasts {
  readonly #made = new Map<
    string,
    { key: string; forecast: BudgetForecast | undefined }
  >();

  static create(): Forecasts {
    return new Forecasts();
  }

  private constructor() {}

  of(request: ForecastRequest): BudgetForecast | undefined {
    const { plan, shape, remaining, nowMs } = request;
    const { id, version } = plan.story.slo;
    const key = [version, nowMs, remaining, shape?.key].join();
    const known = this.#made.get(id);
    if (known?.key === key) return known.forecast;
    const forecast = forecastOf(request);
    this.#made.set(id, { key, forecast });
    return forecast;
  }

  /** Forgets SLOs that are gone. */
  keepOnly(ids: ReadonlySet<string>) {
    for (const id of this.#made.keys()) {
      if (!ids.has(id)) this.#made.delete(id);
    }
  }
}
