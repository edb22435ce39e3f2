import {
  quantileOfBins,
  type LatencyBin,
  type MsSpan,
  type SloObjectiveView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloRollups, SloSeries } from '../rollups/SloRollups';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of some 200 bins each. */
const DEFAULT_KEPT = 1_000;

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
  readonly #keptMax: number;
  readonly #kept = new Map<string, Kept>();

  static create(options: {
    rollups: Pick<SloRollups, 'latencyBins'>;
    now: () => number;
    /** Series whose past days are kept. */
    keptMax?: number;
  }): LatencySketches {
    return new LatencySketches(options);
  }

  private constructor(options: Parameters<typeof LatencySketches.create>[0]) {
    this.#rollups = options.rollups;
    this.#now = options.now;
    this.#keptMax = options.keptMax ?? DEFAULT_KEPT;
  }

  /** In the order asked for; absent where no latency was kept. */
  async quantiles(
    asked: readonly LatencyRequest[],
  ): Promise<ReadonlyArray<SloObjectiveView['latencyMs']>> {
    if (!asked.length) return [];
    const plans = asked.map(planOf);
    const past = new Map<string, readonly LatencyBin[]>();
    const unknown = new Map<string, Days>();
    for (const { before } of plans) {
      if (!before) continue;
      const bins = this.#keptOf(before);
      if (bins) past.set(before.key, bins);
      else unknown.set(before.key, before);
    }
    const read = await this.#rollups.latencyBins([
      ...plans.map(({ today }) => today),
      ...unknown.values(),
    ]);
    [...unknown.keys()].forEach((key, index) => {
      const bins = read[plans.length + index];
      past.set(key, bins);
      this.#keep(key, bins);
    });
    return plans.map(({ before }, index) =>
      quantilesOf([
        ...((before && past.get(before.key)) ?? []),
        ...read[index],
      ]),
    );
  }

  /** Whether days that are over would have to be read, which costs far more than today. */
  readsPast(request: LatencyRequest): boolean {
    const { before } = planOf(request);
    return before !== undefined && this.#keptOf(before) === undefined;
  }

  #keptOf({ key }: Days): readonly LatencyBin[] | undefined {
    const kept = this.#kept.get(key);
    return kept && this.#now() - kept.readMs < HOUR_MS ? kept.bins : undefined;
  }

  #keep(key: string, bins: readonly LatencyBin[]): void {
    this.#kept.delete(key);
    this.#kept.set(key, { readMs: this.#now(), bins });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#keptMax) break;
      this.#kept.delete(oldest);
    }
  }
}

/** Days of a series that are over, and what they are kept by. */
interface Days extends MsSpan {
  readonly series: SloSeries;
  readonly key: string;
}

function planOf({ series, window, countedFromMs }: LatencyRequest): {
  today: MsSpan & { series: SloSeries };
  before?: Days;
} {
  const { fromMs, toMs } = window;
  const todayMs = Math.floor(toMs / DAY_MS) * DAY_MS;
  const firstDay = Math.floor(fromMs / DAY_MS);
  return {
    today: { series, fromMs: Math.max(todayMs, fromMs), toMs },
    ...(fromMs < todayMs && {
      before: {
        series,
        fromMs,
        toMs: todayMs,
        key: `${series.id}/${firstDay}/${todayMs}/${countedFromMs ?? ''}`,
      },
    }),
  };
}

function quantilesOf(
  bins: readonly LatencyBin[],
): SloObjectiveView['latencyMs'] {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map(q => quantileOfBins(bins, q));
  const isKnown = p50 !== undefined && p95 !== undefined && p99 !== undefined;
  return isKnown ? { p50, p95, p99 } : undefined;
}

/** Whether latencies are kept of what is counted. */
export function hasLatency({ source }: Pick<SloSeries, 'source'>): boolean {
  return (
    source.type === 'lakehouse' &&
    (source.indicator === 'query-latency' || source.indicator === 'queue-time')
  );
}
