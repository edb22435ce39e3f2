import { InputError } from '@backstage/errors';
import { MINUTE_MS, type MsSpan } from './MsSpan';

/**
 * The whole minutes, or whole slices, that a lookback is counted over: [from, to).
 * It ends with the newest that is over; the running one does not count yet. A
 * lookback is widened to whole slices, so that it holds at least one.
 *
 * @throws InputError when a length is not above 0.
 * @public
 */
export function lookbackSpan(options: {
  readonly atMs: number;
  readonly lookbackMs: number;
  /** Length of a slice, of Timeslices and RatioTimeslices. */
  readonly sliceMs?: number;
}): MsSpan {
  const { atMs, lookbackMs, sliceMs = MINUTE_MS } = options;
  if (!(lookbackMs > 0) || !(sliceMs > 0)) {
    throw new InputError(
      `A lookback of ${lookbackMs} ms in steps of ${sliceMs} ms covers nothing; give lengths above 0`,
    );
  }
  const toMs = Math.floor(atMs / sliceMs) * sliceMs;
  return { fromMs: toMs - Math.ceil(lookbackMs / sliceMs) * sliceMs, toMs };
}
