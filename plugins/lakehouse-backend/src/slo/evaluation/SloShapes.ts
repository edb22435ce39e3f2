import type { SpentSpan } from '@lakehouse-ops/plugin-lakehouse-common';
import { readCounts } from '../reads/readCounts';
import type { SloRollups } from '../rollups/SloRollups';
import type { EvaluationPlan } from './EvaluationPlan';
import { spentShare } from './spentShare';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_POINTS = 40;
/** SLOs whose shape is read in a round; others keep the one they have until the next. */
const MAX_READ = 150;

/** How an SLO's budget was spent along its window: pieces of time with the share that each spent. */
export interface SloShape {
  /** Changes whenever it was read anew. */
  readonly key: string;
  readonly pieces: ReadonlyArray<SpentSpan & { readonly observed: boolean }>;
}

/** An SLO as far as its shape goes. */
export interface ShapeRequest {
  readonly plan: EvaluationPlan;
  /** What each objective may spend in the window, by its key. */
  readonly allowed: ReadonlyMap<string, number>;
}

/** Shapes of all SLOs, each read when an hour has passed or its definition or corrections changed, some in each round. */
export class SloShapes {
  readonly #rollups: Pick<SloRollups, 'sums'>;
  readonly #kept = new Map<string, SloShape>();

  static create(options: { rollups: Pick<SloRollups, 'sums'> }): SloShapes {
    return new SloShapes(options.rollups);
  }

  private constructor(rollups: Pick<SloRollups, 'sums'>) {
    this.#rollups = rollups;
  }

  get(sloId: string): SloShape | undefined {
    return this.#kept.get(sloId);
  }

  /** Brings shapes up to date; those that were never read go first. */
  async refresh(
    requests: readonly ShapeRequest[],
    nowMs: number,
  ): Promise<void> {
    const old = requests
      .map(request => ({ request, key: keyOf(request.plan, nowMs) }))
      .filter(({ request, key }) => this.#of(request)?.key !== key)
      .sort(
        (a, b) =>
          Number(this.#of(a.request) !== undefined) -
          Number(this.#of(b.request) !== undefined),
      )
      .slice(0, MAX_READ);
    const asked = old.flatMap(({ request: { plan } }) =>
      piecesOf(plan).flatMap(range =>
        plan.parts.map(part => ({ part, range })),
      ),
    );
    const counts = await readCounts(this.#rollups, asked);
    let next = 0;
    for (const { request, key } of old) {
      const { plan, allowed } = request;
      const start = next;
      const size = plan.parts.length;
      const pieces = piecesOf(plan).map((range, index) => {
        const from = start + index * size;
        const own = counts.slice(from, from + size);
        return {
          ...range,
          observed: own.some(({ observedMinutes }) => observedMinutes > 0),
          spent: spentShare(plan, own, allowed),
        };
      });
      next += pieces.length * size;
      this.#kept.set(plan.story.slo.id, { key, pieces });
    }
  }

  /** Forgets SLOs that are gone. */
  keepOnly(ids: ReadonlySet<string>) {
    for (const id of this.#kept.keys()) {
      if (!ids.has(id)) this.#kept.delete(id);
    }
  }

  #of({ plan }: ShapeRequest): SloShape | undefined {
    return this.#kept.get(plan.story.slo.id);
  }
}

function keyOf({ story, window, wholeWindow }: EvaluationPlan, nowMs: number) {
  return JSON.stringify([
    story.slo.version,
    wholeWindow?.fromMs,
    story.corrections.map(({ id }) => id),
    Math.floor(nowMs / Math.min(HOUR_MS, stepOf(window))),
  ]);
}

/** At most 40 pieces that begin at whole steps, so that they are read from few buckets. */
function piecesOf({ window }: EvaluationPlan): Array<{
  fromMs: number;
  toMs: number;
}> {
  const stepMs = stepOf(window);
  const pieces = [];
  for (let fromMs = window.fromMs; fromMs < window.toMs; ) {
    const toMs = Math.min(
      window.toMs,
      (Math.floor(fromMs / stepMs) + 1) * stepMs,
    );
    pieces.push({ fromMs, toMs });
    fromMs = toMs;
  }
  return pieces;
}

function stepOf({ fromMs, toMs }: { fromMs: number; toMs: number }): number {
  // One less: neither the first piece nor the last is a whole one.
  const least = (toMs - fromMs) / (MAX_POINTS - 2);
  const unit = least > HOUR_MS ? HOUR_MS : MINUTE_MS;
  return Math.max(1, Math.ceil(least / unit)) * unit;
}
