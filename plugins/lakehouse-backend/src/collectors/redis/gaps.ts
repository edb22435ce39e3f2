import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeRedisError } from '@lakehouse-ops/plugin-lakehouse-node';

/** A Gap that says what an error of the connection means for a subject. */
export function gapFromError(options: {
  connection: string;
  subject: GapSubject;
  at: string;
  error: unknown;
  /** What is told in its place, in one clause. */
  instead?: string;
}): Gap {
  const { code, reason, remedy } = describeRedisError(options.error);
  return {
    connection: options.connection,
    subject: options.subject,
    since: options.at,
    code,
    reason: options.instead ? `${reason}; ${options.instead}` : reason,
    remedy,
  };
}
