import {
  lookbackSpan,
  sloWindowAt,
  type BurnRateCondition,
  type MsSpan,
  type SliceSums,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf } from '../alerts/conditionsOf';
import type { SloRollups } from '../rollups/SloRollups';
import { chooseGrid, type Grid } from './chooseGrid';
import { JointLine } from './JointLine';
import {
  addSums,
  judgeObjective,
  judgeSlo,
  type CountedPart,
} from './judgeParts';
import type { ObjectivePart } from './objectiveParts';
import { readCounts } from './readCounts';
import { readLines, type PartLine } from './readLines';
import { SpentBudget } from './SpentBudget';

interface Counts {
  readonly range: MsSpan;
  readonly grid: Grid;
  /** Epoch ms, oldest first: whole steps, and the end of the range. */
  readonly moments: readonly number[];
  /** Over the range, and the lookbacks before it. */
  readonly lines: readonly PartLine[];
  readonly covered: MsSpan;
  /** From the beginning of the window to the first moment, by part. */
  readonly before: readonly CountedPart[];
  /** Over the whole window that ends with the range, exact to the minute. */
  readonly last: readonly CountedPart[];
  /** Over the lookbacks that end with the range, exact to the minute, by length. */
  readonly lookbacks: ReadonlyMap<number, readonly CountedPart[]>;
}

/** How it stood at a moment. */
export interface StandingAt {
  /** Since the beginning of the window. */
  readonly attainment?: number;
  /** Of the budget of the whole window. */
  readonly remaining?: number;
}

/**
 * How the budget of the window that ends with a range was spent along it, and
 * the burn rates at each moment. Read in a handful of rounds of SQL; costs follow
 * the number of buckets.
 */
export class SloTimeline {
  readonly #definition: SloDefinition;
  readonly #counts: Counts;
  readonly #joint: JointLine | undefined;
  readonly #spent = new Map<number, SpentBudget>();

  static async read(options: {
    rollups: Pick<SloRollups, 'buckets' | 'sums'>;
    definition: SloDefinition;
    parts: readonly ObjectivePart[];
    range: MsSpan;
    nowMs: number;
  }): Promise<SloTimeline> {
    const { rollups, definition, parts, range, nowMs } = options;
    const lookbacksMs = [
      ...new Set(conditionsOf(definition).map(one => one.condition.longMs)),
    ];
    const grid = chooseGrid({
      range,
      lookbacksMs,
      series: new Set(parts.map(({ series }) => series.id)).size,
      nowMs,
    });
    const moments = momentsOf(range, grid.stepMs);
    const sliceMs = sliceMsOf(definition);
    const covered = {
      fromMs: moments[0] - Math.max(grid.stepMs, ...lookbacksMs) - sliceMs,
      toMs: range.toMs,
    };
    const spans = [
      { fromMs: windowStart(definition, moments[0], range), toMs: moments[0] },
      { ...sloWindowAt(definition.window, range.toMs), toMs: range.toMs },
      ...lookbacksMs.map(lookbackMs =>
        lookbackSpan({
          atMs: range.toMs,
          lookbackMs,
          sliceMs: sliceMs || undefined,
        }),
      ),
    ];
    const [lines, counts] = await Promise.all([
      readLines(rollups, parts, { range: covered, grid }),
      readCounts(
        rollups,
        spans.flatMap(span => parts.map(part => ({ part, range: span }))),
      ),
    ]);
    const ofSpan = (index: number) =>
      counts.slice(index * parts.length, (index + 1) * parts.length);
    return new SloTimeline(definition, {
      range,
      grid,
      moments,
      lines,
      covered,
      before: ofSpan(0),
      last: ofSpan(1),
      lookbacks: new Map(
        lookbacksMs.map((lookbackMs, index) => [lookbackMs, ofSpan(index + 2)]),
      ),
    });
  }

  private constructor(definition: SloDefinition, counts: Counts) {
    this.#definition = definition;
    this.#counts = counts;
    this.#joint = JointLine.of(definition, {
      widthMs: counts.grid.widthMs,
      covered: [{ lines: counts.lines, range: counts.covered }],
    });
  }

  get grid(): Grid {
    return this.#counts.grid;
  }

  get moments(): readonly number[] {
    return this.#counts.moments;
  }

  /** Counts of each part along the range and the lookbacks before it. */
  get lines(): readonly PartLine[] {
    return this.#counts.lines;
  }

  /** The same counts, judged by another target of an objective. */
  withTarget(key: string, target: number): SloTimeline {
    const changed = new Map<ObjectivePart, ObjectivePart>();
    const partOf = (part: ObjectivePart): ObjectivePart => {
      if (part.key !== key) return part;
      const other = changed.get(part) ?? {
        ...part,
        objective: { ...part.objective, target },
      };
      changed.set(part, other);
      return other;
    };
    const retold = <T extends { part: ObjectivePart }>(list: readonly T[]) =>
      list.map(one => ({ ...one, part: partOf(one.part) }));
    const counts = this.#counts;
    return new SloTimeline(
      {
        ...this.#definition,
        objectives: this.#definition.objectives.map(one =>
          one.key === key ? { ...one, target } : one,
        ),
      },
      {
        ...counts,
        lines: retold(counts.lines),
        before: retold(counts.before),
        last: retold(counts.last),
        lookbacks: new Map(
          [...counts.lookbacks].map(([ms, list]) => [ms, retold(list)]),
        ),
      },
    );
  }

  /** At one of the moments; nothing before the window began. */
  standingAt(atMs: number): StandingAt {
    const { range, last } = this.#counts;
    const span = {
      fromMs: windowStart(this.#definition, atMs, range),
      toMs: atMs,
    };
    if (span.fromMs > atMs) return {};
    const joint = this.#joint?.between(span);
    if (atMs === range.toMs) {
      const { attainment, budget } = judgeSlo(this.#definition, last, {
        wholeWindow: this.#wholeWindow(atMs),
        joint,
      });
      return { attainment, remaining: budget?.remaining };
    }
    const counts = this.#since(span);
    const { attainment } = judgeSlo(this.#definition, counts, { joint });
    const spent = this.spentBudget(atMs).shareOf(counts, joint);
    return {
      attainment,
      remaining: spent === undefined ? undefined : 1 - spent,
    };
  }

  /** Burn rate over a lookback that ended at one of the moments. */
  rateAt(
    atMs: number,
    { longMs }: Pick<BurnRateCondition, 'longMs'>,
  ): number | undefined {
    const { range, grid, lookbacks } = this.#counts;
    const sliceMs = sliceMsOf(this.#definition) || undefined;
    const exact = atMs === range.toMs ? lookbacks.get(longMs) : undefined;
    const span = lookbackSpan({
      atMs,
      // Nothing shorter than what is counted together can be told.
      lookbackMs: exact
        ? longMs
        : Math.ceil(longMs / grid.widthMs) * grid.widthMs,
      sliceMs,
    });
    return judgeSlo(this.#definition, exact ?? this.countsIn(span), {
      joint: this.#joint?.between(span),
    }).burnRate;
  }

  /** What was counted in a time of the range or the lookbacks before it. */
  countsIn({
    fromMs,
    toMs,
  }: MsSpan): Array<CountedPart & { observedMinutes: number }> {
    return this.#counts.lines.map(({ part, line }) => {
      const { observedMinutes, ...sums } = line.between(fromMs, toMs);
      return { part, sums, observedMinutes };
    });
  }

  /** Slices of a composite with Timeslices in such a time. */
  jointIn(span: MsSpan): SliceSums | undefined {
    return this.#joint?.between(span);
  }

  /** Shares of the budget of the window that a moment lies in. */
  spentBudget(atMs: number): SpentBudget {
    const { range, last } = this.#counts;
    const fromMs = windowStart(this.#definition, atMs, range);
    const known = this.#spent.get(fromMs);
    if (known) return known;
    const wholeWindow = this.#wholeWindow(atMs);
    const span = {
      fromMs,
      toMs: Math.min(range.toMs, wholeWindow?.toMs ?? range.toMs),
    };
    const counts = span.toMs === range.toMs ? last : this.#since(span);
    const spent = SpentBudget.of(this.#definition, {
      wholeWindow,
      joint: this.#joint?.between(span),
      allowed: new Map(
        this.#definition.objectives.map(({ key }) => [
          key,
          judgeObjective(
            counts.filter(({ part }) => part.key === key),
            wholeWindow,
          ).budget?.allowed,
        ]),
      ),
    });
    this.#spent.set(fromMs, spent);
    return spent;
  }

  /** Counts since the beginning of a window, which may lie before the range. */
  #since(span: MsSpan): CountedPart[] {
    const { moments, before } = this.#counts;
    const [firstMs] = moments;
    if (span.fromMs > firstMs) return this.countsIn(span);
    const come = this.countsIn({ fromMs: firstMs, toMs: span.toMs });
    return before.map(({ part, sums }, index) => ({
      part,
      sums: addSums([sums, come[index].sums]),
    }));
  }

  #wholeWindow(atMs: number): MsSpan | undefined {
    const { window } = this.#definition;
    if (window.kind === 'rolling') return undefined;
    const { fromMs, endMs } = sloWindowAt(window, atMs);
    return { fromMs, toMs: endMs };
  }
}

/** Calendar windows follow each other along a range; of rolling ones the one counts that ends with it. */
function windowStart(
  { window }: SloDefinition,
  atMs: number,
  range: MsSpan,
): number {
  return sloWindowAt(window, window.kind === 'calendar' ? atMs : range.toMs)
    .fromMs;
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
