import {
  jointSlices,
  slicesOf,
  type MsSpan,
  type SliceSums,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { CountLine } from './CountLine';
import type { PartLine } from './readLines';

/** Lines of a composite's objectives, and the time that they cover. */
export interface CoveredLines {
  readonly lines: readonly PartLine[];
  readonly range: MsSpan;
}

/** Time slices of all objectives of a composite with Timeslices together. */
export class JointLine {
  readonly #line: CountLine;
  readonly #covered: readonly MsSpan[];

  /** Undefined for other SLOs, and where the counts are coarser than a slice. */
  static of(
    { method, objectives }: SloDefinition,
    options: { covered: readonly CoveredLines[]; widthMs: number },
  ): JointLine | undefined {
    const { covered, widthMs } = options;
    const sliceMs = objectives[0].slice?.durationMs ?? 0;
    if (method !== 'Timeslices' || objectives.length < 2) return undefined;
    if (!sliceMs || sliceMs % widthMs !== 0) return undefined;
    const slices = jointSlices(
      objectives.flatMap(({ key, slice }) =>
        slice
          ? [{ slices: slicesOf(cellsOf(covered, key), sliceMs), slice }]
          : [],
      ),
    );
    const line = CountLine.create(
      slices.map(({ startMs, good }) => ({
        startMs,
        good: 0,
        total: 0,
        observedMinutes: 0,
        slices: {
          good: Number(good),
          total: 1,
          ratioSum: Number(good),
        },
      })),
    );
    return new JointLine(line, joined(covered.map(({ range }) => range)));
  }

  private constructor(line: CountLine, covered: readonly MsSpan[]) {
    this.#line = line;
    this.#covered = covered;
  }

  /** Undefined when the lines don't reach. */
  between(span: MsSpan): SliceSums | undefined {
    const isCovered = this.#covered.some(
      ({ fromMs, toMs }) => fromMs <= span.fromMs && toMs >= span.toMs,
    );
    return isCovered
      ? this.#line.between(span.fromMs, span.toMs).slices
      : undefined;
  }
}

function cellsOf(covered: readonly CoveredLines[], key: string) {
  const seen = new Map<
    string,
    { startMs: number; good: number; total: number }
  >();
  for (const { lines } of covered) {
    for (const { part, cells } of lines) {
      if (part.key !== key) continue;
      for (const { startMs, good, total } of cells) {
        // The lines may overlap.
        seen.set(`${part.series.id}/${startMs}`, { startMs, good, total });
      }
    }
  }
  return [...seen.values()];
}

function joined(ranges: readonly MsSpan[]): MsSpan[] {
  const all: MsSpan[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = all.at(-1);
    if (last && range.fromMs <= last.toMs) {
      all[all.length - 1] = {
        fromMs: last.fromMs,
        toMs: Math.max(last.toMs, range.toMs),
      };
    } else all.push(range);
  }
  return all;
}
