import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { type LookedAt, shortReason } from './gapOf';

/** What an error means for a subject that it keeps from being observed. */
export interface GapFromErrorOptions extends LookedAt {
  readonly error: unknown;
  /** Instead of the general remedy, when the right is missing. */
  readonly deniedRemedy?: string;
  /** What is told in its place, in one clause. */
  readonly instead?: string;
}

/** A Gap that says what an error means, as `describe` reads errors of its system. */
export function gapFromError(
  options: GapFromErrorOptions & {
    readonly describe: (
      error: unknown,
    ) => Pick<Gap, 'code' | 'reason' | 'remedy'>;
  },
): Gap {
  const { connection, subject, at, deniedRemedy, instead } = options;
  const { code, reason, remedy } = options.describe(options.error);
  const short = shortReason(reason);
  return {
    connection,
    subject,
    since: at,
    code,
    reason: instead ? `${short}; ${instead}` : short,
    remedy: code === 'forbidden' && deniedRemedy ? deniedRemedy : remedy,
  };
}
