import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeTrinoError } from '@lakehouse-ops/plugin-lakehouse-node';
import { type LookedAt, shortReason } from '../shared/gapOf';

/** A Gap that says what an error of the connection means for a subject. */
export function gapFromError(
  options: LookedAt & {
    error: unknown;
    /** Instead of the general remedy, when the right is missing. */
    deniedRemedy?: string;
    /** What is told in its place, in one clause. */
    instead?: string;
  },
): Gap {
  const { code, reason, remedy } = describeTrinoError(options.error);
  const short = shortReason(reason);
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
