import {
  quantileOfBins,
  type LatencyBin,
  type MsSpan,
  type SloObjectiveView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloRollups, SloSeries } from '../rollups/SloRollups';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Some 200 bins each. */
const KEPT_MAX = 1_000;
/** Sketches of one answer: each is read by itself. */
const READ_MAX = 20;

interface Kept {
  readonly readMs: number;
  readonly bins: readonly LatencyBin[];
}

/** Latencies of a series over a window. */
export interface LatencyRequest {
  readonly series: SloSeries;
  readonly window: MsSpan;
  /** Epoch ms from which on the series is counted: it moves back while its past is being counted. */
  readonly countedFromMs?: number;
}

/**
 * Latency quantiles over windows. Days that are over change only by late events,
 * and while their past is being counted: until more of it is, their bins are kept
 * for an hour, so that those of today alone are read.
 */
export class LatencySketches {
  readonly #rollups: Pick<SloRollups, 'latencyBins'>;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  static create(options: {
    rollups: Pick<SloRollups, 'latencyBins'>;
    now: () => number;
  }): LatencySketches {
    return new LatencySketches(options);
  }

  private constructor(options: Parameters<typeof LatencySketches.create>[0]) {
    this.#rollups = options.rollups;
    this.#now = options.now;
  }

  /** In the order asked for, the first 20; absent where no latency was kept. */
  async quantiles(
    asked: readonly LatencyRequest[],
  ): Promise<ReadonlyArray<SloObjectiveView['latencyMs']>> {
    return Promise.all(
      asked.slice(0, READ_MAX).map(one => this.quantilesOf(one)),
    );
  }

  async quantilesOf(
    request: LatencyRequest,
  ): Promise<SloObjectiveView['latencyMs']> {
    const { series, window } = request;
    const todayMs = Math.floor(window.toMs / DAY_MS) * DAY_MS;
    const [before, today] = await Promise.all([
      window.fromMs < todayMs
        ? this.#past(request, { fromMs: window.fromMs, toMs: todayMs })
        : [],
      this.#rollups.latencyBins(series, {
        fromMs: Math.max(todayMs, window.fromMs),
        toMs: window.toMs,
      }),
    ]);
    const bins = [...before, ...today];
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map(q => quantileOfBins(bins, q));
    const isKnown = p50 !== undefined && p95 !== undefined && p99 !== undefined;
    return isKnown ? { p50, p95, p99 } : undefined;
  }

  async #past(
    { series, countedFromMs }: LatencyRequest,
    days: MsSpan,
  ): Promise<readonly LatencyBin[]> {
    const key = `${series.id}/${Math.floor(days.fromMs / DAY_MS)}/${
      days.toMs
    }/${countedFromMs ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept && this.#now() - kept.readMs < HOUR_MS) return kept.bins;
    const bins = await this.#rollups.latencyBins(series, days);
    this.#kept.delete(key);
    this.#kept.set(key, { readMs: this.#now(), bins });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_MAX) break;
      this.#kept.delete(oldest);
    }
    return bins;
  }
}

/** Whether latencies are kept of what is counted. */
export function hasLatency({ source }: Pick<SloSeries, 'source'>): boolean {
  return (
    source.type === 'lakehouse' &&
    (source.indicator === 'query-latency' || source.indicator === 'queue-time')
  );
}
