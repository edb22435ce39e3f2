import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeConnectionError } from '@lakehouse-ops/plugin-lakehouse-node';
import type { GapClosed, GapOpened } from '../../observations/Observation';

/** Servers quote whole pages, or plans, in what they refuse. */
const MAX_REASON_LENGTH = 500;

/** What of a connection is looked at, and when. */
export interface LookedAt {
  readonly connection: string;
  readonly subject: Gap['subject'];
  readonly at: string;
}

/** It could not be observed because of an error of its connection. */
export function gapOfError(look: LookedAt, error: unknown): GapOpened {
  const { code, reason, remedy } = describeConnectionError(error);
  return gapOf(look, { code, reason, remedy });
}

/** It could not be observed because of an error, if there is one; else it was. */
export function gapOfErrorOrClosed(
  look: LookedAt,
  error: unknown,
): GapOpened | GapClosed {
  return error === undefined ? gapClosed(look) : gapOfError(look, error);
}

/** It could not be observed, or not whole. */
export function gapOf(
  { connection, subject, at }: LookedAt,
  why: Pick<Gap, 'code' | 'reason' | 'remedy'>,
): GapOpened {
  const reason = shortReason(why.reason);
  return gapOpened({ connection, subject, since: at, ...why, reason });
}

/** A reason that fits into a page. */
export function shortReason(reason: string): string {
  return reason.length > MAX_REASON_LENGTH
    ? `${reason.slice(0, MAX_REASON_LENGTH)}…`
    : reason;
}

/** A Gap as it is told. */
export function gapOpened(gap: Gap): GapOpened {
  return { type: 'GapOpened', gap };
}

/** It was observed. */
export function gapClosed(look: LookedAt): GapClosed {
  return { type: 'GapClosed', ...look };
}

/** The Gap of a look if it has one; else it was observed. */
export function gapOrClosed(
  look: LookedAt,
  gap: Gap | undefined,
): GapOpened | GapClosed {
  return gap ? gapOpened(gap) : gapClosed(look);
}
