import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  metrics,
  ValueType,
  type BatchObservableResult,
  type Meter,
} from '@opentelemetry/api';
import { describeStorageError } from '../../observations/storageError';
import type { SloBook } from '../definitions/SloBook';
import type { SloStates } from '../evaluation/SloStates';
import { durationLabel } from './durationLabel';

const METER = '@lakehouse-ops/plugin-lakehouse-backend';
/** More would flood whatever stores the series. */
const SLOS_MAX = 1_000;
/** Evaluations are made several times a minute: one so old tells of nothing now. */
const STALE_AFTER_MS = 300_000;

interface Options {
  readonly book: Pick<SloBook, 'list'>;
  readonly states: Pick<SloStates, 'get'>;
  readonly logger: LoggerService;
  readonly meter?: Meter;
}

/**
 * What SLOs tell, through OpenTelemetry, for dashboards elsewhere. The newest
 * evaluations are read when figures are collected; what is not known, or is
 * stale, is not told.
 */
export class SloFigures {
  readonly #options: Options;
  readonly #gauges: ReturnType<typeof createGauges>;
  #toldOfLimit = false;

  static create(options: Options): SloFigures {
    const meter = options.meter ?? metrics.getMeter(METER);
    const figures = new SloFigures(options, meter);
    meter.addBatchObservableCallback(
      result => figures.#observe(result),
      Object.values(figures.#gauges),
    );
    return figures;
  }

  private constructor(options: Options, meter: Meter) {
    this.#options = options;
    this.#gauges = createGauges(meter);
  }

  async #observe(result: BatchObservableResult) {
    const { states, logger } = this.#options;
    try {
      const summaries = await states.get(await this.#ids());
      for (const summary of summaries.values()) this.#tell(result, summary);
    } catch (error) {
      logger.debug(
        `The figures of SLOs were not read: ${describeStorageError(error)}`,
      );
    }
  }

  async #ids(): Promise<string[]> {
    const { book, logger } = this.#options;
    const ids = (await book.list()).map(({ id }) => id).toSorted();
    if (ids.length > SLOS_MAX && !this.#toldOfLimit) {
      this.#toldOfLimit = true;
      logger.warn(
        `There are ${ids.length} SLOs: metrics tell of the first ${SLOS_MAX} by id only.`,
      );
    }
    return ids.slice(0, SLOS_MAX);
  }

  #tell(result: BatchObservableResult, slo: SloSummary) {
    const gauges = this.#gauges;
    const labels = {
      slo: slo.id,
      service: slo.service,
      entity: slo.entityRef ?? '',
    };
    const firing = slo.burnRates.some(({ state }) => state === 'firing');
    result.observe(gauges.target, slo.target, labels);
    result.observe(gauges.firing, firing ? 1 : 0, labels);
    if (!isCurrent(slo)) return;
    const { attainment, budget, coverage } = slo;
    if (attainment !== undefined) {
      result.observe(gauges.attainment, attainment, labels);
    }
    if (budget) result.observe(gauges.remaining, budget.remaining, labels);
    if (coverage !== undefined) {
      result.observe(gauges.coverage, coverage, labels);
    }
    for (const [window, rate] of burnRates(slo)) {
      result.observe(gauges.burnRate, rate, { ...labels, window });
    }
  }
}

function isCurrent({ data, evaluatedAt }: SloSummary): boolean {
  if (data !== 'measured' && data !== 'backfilling') return false;
  return (
    evaluatedAt !== undefined &&
    Date.now() - Date.parse(evaluatedAt) < STALE_AFTER_MS
  );
}

/** By window, each once, for two conditions may look at the same one. */
function burnRates({ burnRates: readings }: SloSummary): Map<string, number> {
  const rates = new Map<string, number>();
  for (const { longMs, shortMs, long, short } of readings) {
    if (long !== undefined) rates.set(durationLabel(longMs), long);
    if (shortMs !== undefined && short !== undefined) {
      rates.set(durationLabel(shortMs), short);
    }
  }
  return rates;
}

function createGauges(meter: Meter) {
  const ratio = (name: string, description: string) =>
    meter.createObservableGauge(name, {
      description,
      unit: '1',
      valueType: ValueType.DOUBLE,
    });
  return {
    attainment: ratio(
      'slo.attainment.ratio',
      'Share of good over the budget window',
    ),
    target: ratio('slo.target.ratio', 'Share of good that is promised'),
    remaining: ratio(
      'slo.error_budget.remaining.ratio',
      'Share of the error budget that is left; below 0 when more than all was spent',
    ),
    burnRate: ratio(
      'slo.burn_rate',
      'How many times faster than evenly over its window the error budget is spent',
    ),
    coverage: ratio(
      'slo.coverage.ratio',
      "Share of the window's elapsed time that was observed",
    ),
    firing: meter.createObservableGauge('slo.alert.firing', {
      description: '1 while an alert of the SLO fires, else 0',
      unit: '1',
      valueType: ValueType.INT,
    }),
  };
}
