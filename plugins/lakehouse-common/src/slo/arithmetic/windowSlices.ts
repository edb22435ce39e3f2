import { InputError } from '@backstage/errors';
import { cutSpans } from './cutSpans';
import type { MsSpan } from './MsSpan';

/**
 * How many slices a time has: those that begin in it and are not excluded whole.
 * Slices begin at whole multiples of their duration in UTC. For the budget of a
 * calendar window, which is known on its first day, give the whole window.
 *
 * @throws InputError when a slice has no length or the time has no bounds.
 * @public
 */
export function windowSlices(options: {
  readonly span: MsSpan;
  readonly sliceMs: number;
  readonly excluded?: readonly MsSpan[];
}): number {
  const { span, sliceMs, excluded = [] } = options;
  if (!(sliceMs > 0) || !Number.isFinite(sliceMs)) {
    throw new InputError(
      `A slice of ${sliceMs} ms has no length; give more than 0`,
    );
  }
  const firstIndex = Math.ceil(span.fromMs / sliceMs);
  const endIndex = Math.ceil(span.toMs / sliceMs);
  const whole = {
    fromMs: firstIndex * sliceMs,
    toMs: Math.max(firstIndex, endIndex) * sliceMs,
  };
  let counted = 0;
  let next = firstIndex;
  for (const kept of cutSpans(whole, excluded)) {
    const from = Math.max(next, Math.floor(kept.fromMs / sliceMs));
    const to = Math.ceil(kept.toMs / sliceMs);
    counted += Math.max(0, to - from);
    next = Math.max(next, to);
  }
  return counted;
}
