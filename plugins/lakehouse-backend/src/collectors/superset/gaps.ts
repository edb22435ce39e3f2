import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeConnectionError } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';

const MAX_REASON_LENGTH = 500;

/** A gap that says what an error means for a subject, or that it is closed. */
export function gapOf(options: {
  connection: string;
  subject: Gap['subject'];
  at: string;
  error?: unknown;
}): Observation {
  const { connection, subject, at, error } = options;
  if (error === undefined)
    return { type: 'GapClosed', connection, subject, at };
  const { code, reason, remedy } = describeConnectionError(error);
  return {
    type: 'GapOpened',
    gap: {
      connection,
      subject,
      since: at,
      code,
      reason: reason.slice(0, MAX_REASON_LENGTH),
      remedy,
    },
  };
}
