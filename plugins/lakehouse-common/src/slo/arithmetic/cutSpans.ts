import { type MsSpan, widenSpan } from './MsSpan';

/**
 * What is left of a time when others are cut out of it: range ∖ ⋃ excluded, oldest
 * first, none empty and none touching another.
 *
 * Whole minutes only: the range and what is cut out are widened to them, so a
 * minute that is excluded in part does not count at all. Excluded spans may
 * overlap, lie outside and come in any order; those that end before they begin
 * are nothing. O(n log n).
 *
 * @throws InputError when a bound is no finite number.
 * @public
 */
export function cutSpans(range: MsSpan, excluded: readonly MsSpan[]): MsSpan[] {
  const { fromMs, toMs } = widenSpan(range);
  const cuts = excluded
    .filter(span => !(span.toMs <= span.fromMs))
    .map(span => widenSpan(span))
    .sort((a, b) => a.fromMs - b.fromMs);

  const left: MsSpan[] = [];
  let cursor = fromMs;
  for (const cut of cuts) {
    if (cut.fromMs >= toMs) {
      break;
    }
    if (cut.fromMs > cursor) {
      left.push({ fromMs: cursor, toMs: cut.fromMs });
    }
    cursor = Math.max(cursor, cut.toMs);
  }
  if (cursor < toMs) {
    left.push({ fromMs: cursor, toMs });
  }
  return left;
}
