import { hasLatency, LatencySketches } from '../reads/LatencySketches';
import type { SeriesReach, SloRollups } from '../rollups/SloRollups';
import { newestParts, type EvaluationPlan } from './EvaluationPlan';
import type { WindowCount } from './WindowCounts';

/** SLOs whose latencies are read in a round: with four rounds a minute those of 600 are read each minute. */
const MAX_READ = 150;
/** Those of them of which days that are over must be read: tens of milliseconds each. */
const MAX_PAST = 50;
/** Series whose past days are kept: some 12 KB each. */
const KEPT_MAX = 2_500;
/** A replica that has not evaluated for a while must not tell what it knew then. */
const OLD_MS = 5 * 60_000;

/** Latency quantiles of an objective over its window. */
export type Latency = NonNullable<WindowCount['latency']>;

interface Note {
  readonly readMs: number;
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
      keptMax: KEPT_MAX,
    });
  }

  /** Of the plan's newest objectives, as of the newest refresh; undefined unless they were read lately. */
  get(plan: EvaluationPlan, objective: string): Latency | undefined {
    const timed = newestParts(plan).some(
      ({ key, series }) => key === objective && hasLatency(series),
    );
    if (!timed) return {};
    const readMs = this.#readMs(plan);
    return readMs !== undefined && this.#atMs - readMs <= OLD_MS
      ? this.#notes.get(plan.story.slo.id)?.byObjective.get(objective)
      : undefined;
  }

  async refresh(
    requests: readonly LatencyRequest[],
    nowMs: number,
  ): Promise<void> {
    this.#atMs = nowMs;
    const old = requests
      .map(request => ({
        id: request.plan.story.slo.id,
        key: keyOf(request.plan),
        readMs: this.#readMs(request.plan) ?? 0,
        objectives: objectivesOf(request),
      }))
      .filter(({ readMs, objectives }) => objectives.length && readMs !== nowMs)
      .sort((a, b) => a.readMs - b.readMs);
    let pasts = 0;
    const taken = old
      .filter(({ objectives }) => {
        if (!objectives.some(one => this.#sketches.readsPast(one))) return true;
        pasts += 1;
        return pasts <= MAX_PAST;
      })
      .slice(0, MAX_READ);
    const quantiles = await this.#sketches.quantiles(
      taken.flatMap(({ objectives }) => objectives),
    );
    let next = 0;
    for (const { id, key, objectives } of taken) {
      const own = quantiles.slice(next, next + objectives.length);
      next += objectives.length;
      this.#notes.set(id, {
        readMs: nowMs,
        key,
        byObjective: new Map(
          objectives.map(({ objective }, index) => {
            const told = own[index];
            return [objective, told ? { told } : {}];
          }),
        ),
      });
    }
  }

  /** Forgets SLOs that are gone. */
  keepOnly(ids: ReadonlySet<string>) {
    for (const id of this.#notes.keys()) {
      if (!ids.has(id)) this.#notes.delete(id);
    }
  }

  #readMs(plan: EvaluationPlan): number | undefined {
    const note = this.#notes.get(plan.story.slo.id);
    return note?.key === keyOf(plan) ? note.readMs : undefined;
  }
}

function objectivesOf({ plan, reach }: LatencyRequest) {
  return newestParts(plan)
    .filter(({ series }) => hasLatency(series))
    .map(({ key, series }) => ({
      objective: key,
      series,
      window: plan.window,
      countedFromMs: reach.get(series.id)?.countedFromMs,
    }));
}

function keyOf({ story }: EvaluationPlan): string {
  return `${story.slo.version} ${story.slo.since}`;
}
