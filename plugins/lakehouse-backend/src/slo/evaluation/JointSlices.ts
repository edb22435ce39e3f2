import {
  jointSlices,
  slicesOf,
  type MsSpan,
  type SliceCount,
  type SliceSums,
  type SloMinute,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { countedSpans, type ObjectivePart } from '../reads/objectiveParts';
import type { SloRollups } from '../rollups/SloRollups';
import type { EvaluationPlan } from './EvaluationPlan';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Buckets of one read: 30 days of minutes. */
const MAX_BUCKETS = 43_200;
/** Late events further back are counted when the whole is read anew, every hour. */
const NEWEST_MS = 2 * HOUR_MS;
/** Composites of slices are few; each keeps a number and a flag a slice. */
const MAX_KEPT = 50;

interface Slice {
  readonly startMs: number;
  readonly good: boolean;
}

/**
 * Slices of composites with Timeslices, which can't be told from sums: a slice is
 * bad when it is bad for one objective. What is older than two hours is kept
 * for an hour.
 */
export class JointSlices {
  readonly #rollups: Pick<SloRollups, 'buckets'>;
  readonly #kept = new Map<string, { key: string; slices: Slice[] }>();

  static create(options: {
    rollups: Pick<SloRollups, 'buckets'>;
  }): JointSlices {
    return new JointSlices(options.rollups);
  }

  private constructor(rollups: Pick<SloRollups, 'buckets'>) {
    this.#rollups = rollups;
  }

  /** Tells of any span what was counted of all objectives together; undefined for SLOs that need no such thing. */
  async read(
    plan: EvaluationPlan,
    nowMs: number,
  ): Promise<((span: MsSpan) => SliceSums) | undefined> {
    if (!plan.isJoint) return undefined;
    const range = {
      fromMs: Math.min(
        plan.window.fromMs,
        ...[...plan.lookbacks.values()].map(({ fromMs }) => fromMs),
      ),
      toMs: nowMs,
    };
    const newestFrom = Math.floor((nowMs - NEWEST_MS) / DAY_MS) * DAY_MS;
    const old = await this.#old(plan, { ...range, toMs: newestFrom }, nowMs);
    const newest = await this.#slices(plan, {
      fromMs: Math.max(range.fromMs, newestFrom),
      toMs: nowMs,
    });
    const slices = [...old, ...newest];
    return ({ fromMs, toMs }) => {
      const inSpan = slices.filter(
        ({ startMs }) => startMs >= fromMs && startMs < toMs,
      );
      const good = inSpan.filter(slice => slice.good).length;
      return { good, total: inSpan.length, ratioSum: good };
    };
  }

  async #old(
    plan: EvaluationPlan,
    range: MsSpan,
    nowMs: number,
  ): Promise<readonly Slice[]> {
    const { slo, corrections } = plan.story;
    const key = JSON.stringify([
      slo.version,
      Math.floor(nowMs / HOUR_MS),
      corrections.map(({ id }) => id),
    ]);
    const kept = this.#kept.get(slo.id);
    if (kept?.key === key) return kept.slices;
    const slices = await this.#slices(plan, range);
    this.#kept.delete(slo.id);
    this.#kept.set(slo.id, { key, slices });
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(id);
    }
    return slices;
  }

  async #slices(plan: EvaluationPlan, range: MsSpan): Promise<Slice[]> {
    if (!(range.fromMs < range.toMs)) return [];
    const slice = plan.story.slo.definition.objectives[0].slice;
    if (!slice) return [];
    const width = widthOf(slice.durationMs);
    const counts = new Map<string, SliceCount[]>();
    for (const part of plan.parts) {
      counts.set(part.key, [
        ...(counts.get(part.key) ?? []),
        ...(await this.#ofPart(part, range, width)),
      ]);
    }
    return jointSlices(
      plan.story.slo.definition.objectives.map(objective => ({
        slices: counts.get(objective.key) ?? [],
        slice: objective.slice ?? slice,
      })),
    );
  }

  async #ofPart(
    part: ObjectivePart,
    range: MsSpan,
    width: { name: 'minute' | 'hour' | 'day'; ms: number },
  ): Promise<SliceCount[]> {
    const durationMs = part.objective.slice?.durationMs;
    if (!durationMs) return [];
    const counted: SloMinute[] = [];
    for (const span of countedSpans(part, range)) {
      const stepMs = MAX_BUCKETS * width.ms;
      for (let from = span.fromMs; from < span.toMs; from += stepMs) {
        const buckets = await this.#rollups.buckets([part.series], {
          fromMs: from,
          toMs: Math.min(span.toMs, from + stepMs),
          width: width.name,
        });
        for (const bucket of buckets.get(part.series.id) ?? []) {
          counted.push(bucket);
        }
      }
    }
    return slicesOf(counted, durationMs);
  }
}

/** The widest buckets that slices are made of. */
function widthOf(sliceMs: number): {
  name: 'minute' | 'hour' | 'day';
  ms: number;
} {
  if (sliceMs % DAY_MS === 0) return { name: 'day', ms: DAY_MS };
  if (sliceMs % HOUR_MS === 0) return { name: 'hour', ms: HOUR_MS };
  return { name: 'minute', ms: MINUTE_MS };
}
