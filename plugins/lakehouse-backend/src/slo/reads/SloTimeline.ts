import {
  lookbackSpan,
  sloWindowAt,
  type BurnRateCondition,
  type MsSpan,
  type SloAttainment,
  type SloDefinition,
  type SloSums,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SliSums, SloRollups } from '../rollups/SloRollups';
import { chooseGrid, type Grid } from './chooseGrid';
import { conditionsOf } from './conditionsOf';
import { judgeObjective, judgeSlo, type CountedPart } from './judgeParts';
import { JointLine } from './JointLine';
import type { ObjectivePart } from './objectiveParts';
import { readCounts } from './readCounts';
import { readLines, type PartLine } from './readLines';

interface Lines {
  /** Over the range, and the lookbacks before it. */
  readonly recent: readonly PartLine[];
  /** Of rolling windows: what leaves the window while the range goes by. */
  readonly leaving: readonly PartLine[];
  /** Sums over the window as it is at the first moment, by part. */
  readonly first: readonly CountedPart[];
  /** Sums over the window as it is at the last moment, exact to the minute. */
  readonly last: readonly CountedPart[];
  readonly recentRange: MsSpan;
  readonly leavingRange: MsSpan;
}

/**
 * Attainment, budget and burn rates of an SLO at the moments of a range, each
 * as it was over the window that ended then. Read in a handful of rounds of
 * SQL; costs follow the number of buckets.
 */
export class SloTimeline {
  readonly grid: Grid;
  /** Epoch ms, oldest first: whole steps, and the end of the range. */
  readonly moments: readonly number[];
  readonly #definition: SloDefinition;
  readonly #lines: Lines;
  readonly #joint: JointLine | undefined;

  static async read(options: {
    rollups: Pick<SloRollups, 'buckets' | 'sums'>;
    definition: SloDefinition;
    parts: readonly ObjectivePart[];
    range: MsSpan;
  }): Promise<SloTimeline> {
    const { rollups, definition, parts, range } = options;
    const { window } = definition;
    const conditions = conditionsOf(definition);
    const grid = chooseGrid({
      range,
      windowMs: window.kind === 'rolling' ? window.durationMs : undefined,
      lookbacksMs: conditions.map(({ longMs }) => longMs),
      series: new Set(parts.map(({ series }) => series.id)).size,
    });
    const moments = momentsOf(range, grid.stepMs);
    const [firstMs] = moments;
    const longestMs = Math.max(
      grid.stepMs,
      ...conditions.map(({ longMs }) => longMs + sliceMsOf(definition)),
    );
    const windowMs = window.kind === 'rolling' ? window.durationMs : 0;
    const recentRange = { fromMs: firstMs - longestMs, toMs: range.toMs };
    const leavingRange =
      windowMs && moments.length > 1
        ? { fromMs: firstMs - windowMs, toMs: range.toMs - windowMs }
        : { fromMs: range.toMs, toMs: range.toMs };
    const ofAll = (span: MsSpan) => parts.map(part => ({ part, range: span }));
    const [recent, leaving, counts] = await Promise.all([
      readLines(rollups, parts, { range: recentRange, grid }),
      readLines(rollups, parts, { range: leavingRange, grid }),
      readCounts(rollups, [
        ...ofAll(sloWindowAt(window, firstMs)),
        ...ofAll(sloWindowAt(window, range.toMs)),
      ]),
    ]);
    return new SloTimeline({
      grid,
      moments,
      definition,
      lines: {
        recent,
        leaving,
        first: counts.slice(0, parts.length),
        last: counts.slice(parts.length),
        recentRange,
        leavingRange,
      },
    });
  }

  private constructor(options: {
    grid: Grid;
    moments: readonly number[];
    definition: SloDefinition;
    lines: Lines;
  }) {
    this.grid = options.grid;
    this.moments = options.moments;
    this.#definition = options.definition;
    this.#lines = options.lines;
    const { recent, leaving, recentRange, leavingRange } = options.lines;
    this.#joint = JointLine.of(options.definition, {
      widthMs: options.grid.widthMs,
      covered: [
        { lines: leaving, range: leavingRange },
        { lines: recent, range: recentRange },
      ],
    });
  }

  /** Counts of each part along the range and the lookbacks before it. */
  get recent(): readonly PartLine[] {
    return this.#lines.recent;
  }

  /** The same counts, judged by another target of an objective. */
  withTarget(key: string, target: number): SloTimeline {
    const changed = new Map<ObjectivePart, ObjectivePart>();
    const partOf = (part: ObjectivePart): ObjectivePart => {
      if (part.key !== key) return part;
      const known = changed.get(part);
      if (known) return known;
      const other = { ...part, objective: { ...part.objective, target } };
      changed.set(part, other);
      return other;
    };
    const relabel = <T extends { part: ObjectivePart }>(list: readonly T[]) =>
      list.map(one => ({ ...one, part: partOf(one.part) }));
    const { recent, leaving, first, last, ...ranges } = this.#lines;
    return new SloTimeline({
      grid: this.grid,
      moments: this.moments,
      definition: {
        ...this.#definition,
        objectives: this.#definition.objectives.map(one =>
          one.key === key ? { ...one, target } : one,
        ),
      },
      lines: {
        recent: relabel(recent),
        leaving: relabel(leaving),
        first: relabel(first),
        last: relabel(last),
        ...ranges,
      },
    });
  }

  /** How much may fail in the window that ended at one of the moments, by objective. */
  allowedAt(
    atMs: number,
  ): ReadonlyMap<string, { readonly weight: number; readonly of: number }> {
    const counts = this.#countsAt(atMs);
    return new Map(
      this.#definition.objectives.map(({ key, weight }) => {
        const { budget } = judgeObjective(
          counts.filter(({ part }) => part.key === key),
          this.#wholeWindow(atMs),
        );
        return [key, { weight, of: budget?.allowed ?? 0 }];
      }),
    );
  }

  /** Over the window that ended at one of the moments. */
  judgeAt(atMs: number): SloAttainment {
    const { window } = this.#definition;
    return judgeSlo(this.#definition, this.#countsAt(atMs), {
      wholeWindow: this.#wholeWindow(atMs),
      joint: this.#joint?.between(sloWindowAt(window, atMs)),
    });
  }

  /** Burn rate over a lookback that ended at one of the moments. */
  rateAt(
    atMs: number,
    condition: Pick<BurnRateCondition, 'longMs'>,
  ): number | undefined {
    const span = lookbackSpan({
      atMs,
      lookbackMs: condition.longMs,
      sliceMs: sliceMsOf(this.#definition) || undefined,
    });
    return judgeSlo(this.#definition, this.countsIn(span), {
      joint: this.#joint?.between(span),
    }).burnRate;
  }

  /** What was counted in a time of the range or the lookbacks before it. */
  countsIn({
    fromMs,
    toMs,
  }: MsSpan): Array<CountedPart & { observedMinutes: number }> {
    return this.#lines.recent.map(({ part, line }) => {
      const { observedMinutes, ...sums } = line.between(fromMs, toMs);
      return { part, sums, observedMinutes };
    });
  }

  #countsAt(atMs: number): readonly CountedPart[] {
    const { first, last, recent, leaving } = this.#lines;
    if (atMs === this.moments[this.moments.length - 1]) return last;
    const [firstMs] = this.moments;
    const { window } = this.#definition;
    const { fromMs } = sloWindowAt(window, atMs);
    if (window.kind === 'calendar' && fromMs > firstMs) {
      return this.countsIn({ fromMs, toMs: atMs });
    }
    return first.map(({ part, sums }, index) => {
      const come = recent[index].line.between(firstMs, atMs);
      const gone =
        window.kind === 'rolling'
          ? leaving[index].line.between(
              firstMs - window.durationMs,
              atMs - window.durationMs,
            )
          : undefined;
      return { part, sums: moved(sums, come, gone) };
    });
  }

  #wholeWindow(atMs: number): MsSpan | undefined {
    const { window } = this.#definition;
    if (window.kind === 'rolling') return undefined;
    const { fromMs, endMs } = sloWindowAt(window, atMs);
    return { fromMs, toMs: endMs };
  }
}

/** Sums of a window that moved on. */
function moved(
  before: SloSums,
  come: Required<SliSums>,
  gone?: Required<SliSums>,
): SloSums {
  // Differences of sums of fractions may be off by a rounding.
  const plus = (a: number, b: number, c: number = 0) => {
    const sum = a + b - c;
    return Math.abs(sum) < 1e-9 ? 0 : Math.max(0, sum);
  };
  return {
    good: plus(before.good, come.good, gone?.good),
    total: plus(before.total, come.total, gone?.total),
    slices: {
      good: plus(before.slices?.good ?? 0, come.slices.good, gone?.slices.good),
      total: plus(
        before.slices?.total ?? 0,
        come.slices.total,
        gone?.slices.total,
      ),
      ratioSum: plus(
        before.slices?.ratioSum ?? 0,
        come.slices.ratioSum,
        gone?.slices.ratioSum,
      ),
    },
  };
}

function sliceMsOf({ method, objectives }: SloDefinition): number {
  if (method === 'Occurrences') return 0;
  return Math.max(0, ...objectives.map(({ slice }) => slice?.durationMs ?? 0));
}

function momentsOf({ fromMs, toMs }: MsSpan, stepMs: number): number[] {
  const moments: number[] = [];
  const firstMs = Math.ceil(fromMs / stepMs) * stepMs;
  for (let atMs = firstMs; atMs < toMs; atMs += stepMs) moments.push(atMs);
  return [...moments, toMs];
}
