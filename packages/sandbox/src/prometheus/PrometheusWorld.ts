/** One series of the simulated world. */
export interface SimulatedSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined when there was no sample. */
  valueAt(ms: number): number | undefined;
}

/** A rule that makes alerts. */
export interface SimulatedRule {
  readonly alert: string;
  readonly expr: string;
  readonly forMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A value that somebody set, from then on. */
interface Setting {
  readonly fromMs: number;
  readonly value: number;
}

const MAX_SETTINGS = 1000;

/**
 * What a simulated Prometheus has scraped: series as functions of time, and gauges
 * that tests and demos set.
 *
 * @public
 */
export class PrometheusWorld {
  readonly rules: readonly SimulatedRule[];
  readonly #fixed: readonly SimulatedSeries[];
  readonly #nowMs: () => number;
  readonly #gauges = new Map<
    string,
    { labels: Readonly<Record<string, string>>; settings: readonly Setting[] }
  >();

  private constructor(options: Parameters<typeof PrometheusWorld.create>[0]) {
    this.#fixed = options.series;
    this.rules = options.rules;
    this.#nowMs = options.nowMs;
  }

  static create(options: {
    series: readonly SimulatedSeries[];
    rules: readonly SimulatedRule[];
    nowMs: () => number;
  }): PrometheusWorld {
    return new PrometheusWorld(options);
  }

  nowMs(): number {
    return this.#nowMs();
  }

  /** Sets a gauge from now on, in place of a series of the same labels. */
  setGauge(
    name: string,
    labels: Readonly<Record<string, string>>,
    value: number,
  ): void {
    const all = { __name__: name, ...labels };
    const key = keyOf(all);
    const before = this.#gauges.get(key)?.settings ?? [];
    const setting: Setting = { fromMs: this.#nowMs(), value };
    this.#gauges.set(key, {
      labels: all,
      settings: [...before, setting].slice(-MAX_SETTINGS),
    });
  }

  series(): SimulatedSeries[] {
    const fixed = new Map(this.#fixed.map(one => [keyOf(one.labels), one]));
    for (const [key, { labels, settings }] of this.#gauges) {
      const before = fixed.get(key);
      fixed.set(key, {
        labels,
        valueAt: ms =>
          settings.findLast(({ fromMs }) => fromMs <= ms)?.value ??
          before?.valueAt(ms),
      });
    }
    return [...fixed.values()];
  }
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
