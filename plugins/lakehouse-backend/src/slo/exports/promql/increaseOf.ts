import type { PromRange } from './PromRange';
import { bracketed, call } from './text';

const SELECTOR =
  /^[a-zA-Z_:][a-zA-Z0-9_:]*\s*(?:\{(?:[^{}"'`]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)*\})?$/;
const SUM = /^sum\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(([\s\S]*)\)$/;
/** Between samples of counters that are no plain series. */
const STEP = '1m';

/** Whether a query is a plain series, or a sum of one, which can be followed series by series. */
export function isPlain(query: string): boolean {
  return plainSeries(query.trim()) !== undefined;
}

/**
 * By how much a counter grew over a range, all its series together. A plain
 * series is followed by itself, so that a restart of one process is no loss;
 * of any other expression the value each minute is.
 *
 * Prometheus stretches what it saw to the range by the distance of the points.
 * Counters that are compared must be followed the same way, or the difference of
 * the two would be that of their distances.
 */
export function increaseOf(
  query: string,
  options: {
    readonly range: PromRange;
    readonly by: 'increase' | 'rate';
    readonly plain: boolean;
  },
): string {
  const { range, by, plain } = options;
  const series = plain ? plainSeries(query.trim()) : undefined;
  return series === undefined
    ? call('sum', call(by, `${bracketed(query)}[${range.window}:${STEP}]`))
    : `sum(${by}(${series}[${range.window}]))`;
}

function plainSeries(query: string): string | undefined {
  const inside = SUM.exec(query)?.[1].trim() ?? query;
  return SELECTOR.test(inside) ? inside : undefined;
}
