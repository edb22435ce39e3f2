import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeTrinoError } from '@lakehouse-ops/plugin-lakehouse-node';
import type { GapClosed, GapOpened } from '../../observations/Observation';

/** Trino's messages can hold whole plans. */
const MAX_REASON_LENGTH = 500;

/** A Gap that says what an error of the connection means for a subject. */
export function gapFromError(options: {
  connection: string;
  subject: Gap['subject'];
  at: string;
  error: unknown;
  /** Instead of the general remedy, when the right is missing. */
  deniedRemedy?: string;
  /** What is told in its place, in one clause. */
  instead?: string;
}): Gap {
  const { code, reason, remedy } = describeTrinoError(options.error);
  const short =
    reason.length > MAX_REASON_LENGTH
      ? `${reason.slice(0, MAX_REASON_LENGTH)}…`
      : reason;
  return {
    connection: options.connection,
    subject: options.subject,
    since: options.at,
    code,
    reason: options.instead ? `${short}; ${options.instead}` : short,
    remedy:
      code === 'forbidden' && options.deniedRemedy
        ? options.deniedRemedy
        : remedy,
  };
}

export function opened(gap: Gap): GapOpened {
  return { type: 'GapOpened', gap };
}

export function closed(options: {
  connection: string;
  subject: Gap['subject'];
  at: string;
}): GapClosed {
  return { type: 'GapClosed', ...options };
}
