import { hasLatency, LatencySketches } from '../reads/LatencySketches';
import type { SeriesReach, SloRollups } from '../rollups/SloRollups';
import { newestParts, type EvaluationPlan } from './EvaluationPlan';
import type { WindowCount } from './WindowCounts';

/** SLOs whose latencies are read in a round: with four rounds a minute those of 600 are a minute old at most. */
const MAX_READ = 150;
const AT_ONCE = 4;

/** Latency quantiles of an objective over its window. */
export type Latency = NonNullable<WindowCount['latency']>;

interface Note {
  readonly atMs: number;
  /** Changes whenever other latencies are asked for. */
  readonly key: string;
  readonly byObjective: ReadonlyMap<string, Latency>;
}

/** An SLO as far as its latencies go. */
export interface LatencyRequest {
  readonly plan: EvaluationPlan;
  readonly reach: ReadonlyMap<string, SeriesReach>;
}

/**
 * Latency quantiles over the windows of all SLOs, so that those who show them
 * need no sketch: read anew each minute, the oldest first, some in each round.
 */
export class LatencyNotes {
  readonly #sketches: LatencySketches;
  readonly #notes = new Map<string, Note>();
  #atMs = 0;

  static create(options: {
    rollups: Pick<SloRollups, 'latencyBins'>;
  }): LatencyNotes {
    return new LatencyNotes(options.rollups);
  }

  private constructor(rollups: Pick<SloRollups, 'latencyBins'>) {
    this.#sketches = LatencySketches.create({
      rollups,
      now: () => this.#atMs,
    });
  }

  /** Of the plan's newest objectives; undefined until they were read. */
  get(plan: EvaluationPlan, objective: string): Latency | undefined {
    const timed = newestParts(plan).some(
      ({ key, series }) => key === objective && hasLatency(series),
    );
    if (!timed) return {};
    const note = this.#notes.get(plan.story.slo.id);
    return note?.key === keyOf(plan)
      ? note.byObjective.get(objective)
      : undefined;
  }

  async refresh(
    requests: readonly LatencyRequest[],
    nowMs: number,
  ): Promise<void> {
    this.#atMs = nowMs;
    const old = requests
      .filter(({ plan }) =>
        newestParts(plan).some(one => hasLatency(one.series)),
      )
      .map(request => ({ request, atMs: this.#readMs(request.plan) }))
      .filter(({ atMs }) => atMs !== nowMs)
      .sort((a, b) => a.atMs - b.atMs)
      .slice(0, MAX_READ);
    for (let start = 0; start < old.length; start += AT_ONCE) {
      await Promise.all(
        old
          .slice(start, start + AT_ONCE)
          .map(({ request }) => this.#read(request, nowMs)),
      );
    }
  }

  /** Forgets SLOs that are gone. */
  keepOnly(ids: ReadonlySet<string>) {
    for (const id of this.#notes.keys()) {
      if (!ids.has(id)) this.#notes.delete(id);
    }
  }

  #readMs(plan: EvaluationPlan): number {
    const note = this.#notes.get(plan.story.slo.id);
    return note?.key === keyOf(plan) ? note.atMs : -Infinity;
  }

  async #read({ plan, reach }: LatencyRequest, nowMs: number): Promise<void> {
    const byObjective = new Map<string, Latency>();
    for (const { key, series } of newestParts(plan)) {
      if (!hasLatency(series)) continue;
      const told = await this.#sketches.quantilesOf({
        series,
        window: plan.window,
        countedFromMs: reach.get(series.id)?.countedFromMs,
      });
      byObjective.set(key, told ? { told } : {});
    }
    this.#notes.set(plan.story.slo.id, {
      atMs: nowMs,
      key: keyOf(plan),
      byObjective,
    });
  }
}

function keyOf({ story }: EvaluationPlan): string {
  return `${story.slo.version} ${story.slo.since}`;
}
