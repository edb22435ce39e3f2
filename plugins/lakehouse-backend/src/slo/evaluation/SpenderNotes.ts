import {
  attributeBudget,
  type SloSpenders,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { PartCounts } from '../reads/readCounts';
import { countedSpans } from '../reads/objectiveParts';
import type { SloRollups } from '../rollups/SloRollups';
import type { EvaluationPlan } from './EvaluationPlan';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** SLOs whose spenders are read in a round: those that burn go first. */
const MAX_READ = 100;
/** Spans between corrections and versions of one SLO. */
const MAX_SPANS = 20;
const AT_ONCE = 4;
const QUERY_INDICATORS: readonly string[] = [
  'query-success',
  'query-latency',
  'queue-time',
];

interface Note {
  readonly atMs: number;
  readonly bad: number;
  readonly dimensions: SloSpenders['dimensions'];
}

/** An SLO as far as its spenders go. */
export interface SpenderRequest {
  readonly plan: EvaluationPlan;
  /** What was counted in the window. */
  readonly counts: readonly PartCounts[];
  /** An alert fires or is about to: its explanation names who burns. */
  readonly burns: boolean;
}

/** Who spent the budgets: read when something was spent, each minute while an SLO burns and each hour else. */
export class SpenderNotes {
  readonly #rollups: Pick<SloRollups, 'spenders'>;
  readonly #notes = new Map<string, Note>();

  static create(options: {
    rollups: Pick<SloRollups, 'spenders'>;
  }): SpenderNotes {
    return new SpenderNotes(options.rollups);
  }

  private constructor(rollups: Pick<SloRollups, 'spenders'>) {
    this.#rollups = rollups;
  }

  get(sloId: string): SloSpenders['dimensions'] | undefined {
    return this.#notes.get(sloId)?.dimensions;
  }

  async refresh(
    requests: readonly SpenderRequest[],
    nowMs: number,
  ): Promise<void> {
    const old = requests
      .filter(request => this.#isOld(request, nowMs))
      .sort((a, b) => Number(b.burns) - Number(a.burns))
      .slice(0, MAX_READ);
    for (let start = 0; start < old.length; start += AT_ONCE) {
      await Promise.all(
        old
          .slice(start, start + AT_ONCE)
          .map(request => this.#read(request, nowMs)),
      );
    }
  }

  /** Forgets SLOs that are gone. */
  keepOnly(ids: ReadonlySet<string>) {
    for (const id of this.#notes.keys()) {
      if (!ids.has(id)) this.#notes.delete(id);
    }
  }

  #isOld(request: SpenderRequest, nowMs: number): boolean {
    const bad = badOf(request);
    const note = this.#notes.get(request.plan.story.slo.id);
    if (!bad && !note?.bad) return false;
    if (!note) return true;
    const age = nowMs - note.atMs;
    if (age < 0) return true;
    return bad !== note.bad && age >= (request.burns ? MINUTE_MS : HOUR_MS);
  }

  async #read(request: SpenderRequest, nowMs: number): Promise<void> {
    const { plan, counts } = request;
    const spans = counts
      .filter(isOfQueries)
      .flatMap(({ part }) =>
        countedSpans(part, plan.window).map(span => ({
          series: part.series,
          span,
        })),
      )
      .slice(-MAX_SPANS);
    const buckets = [];
    for (const { series, span } of spans) {
      buckets.push(...(await this.#rollups.spenders(series, span)));
    }
    const bad = badOf(request);
    this.#notes.set(plan.story.slo.id, {
      atMs: nowMs,
      bad,
      dimensions: attributeBudget({ spenders: buckets, bad }),
    });
  }
}

function badOf({ counts }: SpenderRequest): number {
  return counts
    .filter(isOfQueries)
    .reduce((sum, { sums }) => sum + Math.max(0, sums.total - sums.good), 0);
}

function isOfQueries({ part }: PartCounts): boolean {
  const { source } = part.series;
  return (
    source.type === 'lakehouse' && QUERY_INDICATORS.includes(source.indicator)
  );
}
