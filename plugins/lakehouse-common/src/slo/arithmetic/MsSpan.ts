import { InputError } from '@backstage/errors';

/** A time in epoch milliseconds: [fromMs, toMs). @public */
export interface MsSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Widened to whole steps (minutes unless told), which begin at multiples of a step in UTC. */
export function widenSpan(span: MsSpan, stepMs: number = MINUTE_MS): MsSpan {
  if (!Number.isFinite(span.fromMs) || !Number.isFinite(span.toMs)) {
    throw new InputError(
      `A time from ${span.fromMs} to ${span.toMs} has no bounds; give both as epoch milliseconds`,
    );
  }
  return {
    fromMs: Math.floor(span.fromMs / stepMs) * stepMs,
    toMs: Math.ceil(span.toMs / stepMs) * stepMs,
  };
}
