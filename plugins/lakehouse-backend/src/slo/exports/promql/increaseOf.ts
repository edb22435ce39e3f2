import type { PromRange } from './PromRange';
import { bracketed, call } from './text';

const SELECTOR =
  /^[a-zA-Z_:][a-zA-Z0-9_:]*\s*(?:\{(?:[^{}"'`]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)*\})?$/;
const SUM = /^sum\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(([\s\S]*)\)$/;
/** Between samples of counters that are no plain series. */
const STEP = '1m';

/**
 * By how much a counter grew over a range, all its series together. A plain
 * series, or a sum of one, is followed series by series, so that a restart of
 * one process is no loss; of any other expression the value itself is.
 */
export function increaseOf(
  query: string,
  range: PromRange,
  by: 'increase' | 'rate' = 'increase',
): string {
  const series = plainSeries(query.trim());
  return series === undefined
    ? call('sum', call(by, `${bracketed(query)}[${range.window}:${STEP}]`))
    : `sum(${by}(${series}[${range.window}]))`;
}

function plainSeries(query: string): string | undefined {
  const inside = SUM.exec(query)?.[1].trim() ?? query;
  return SELECTOR.test(inside) ? inside : undefined;
}
