import type { SessionChange } from '../SessionChange';
import type { RunSession } from '../RunSession';
import type { WaitSpan } from '../../store/RunStore';

/** How long something is waited for: decided when the waiting began. */
export interface Wait {
  readonly span: WaitSpan;
  readonly expired: boolean;
  /** Keeps the span. */
  readonly change: SessionChange;
}

/** The waiting of a step for something of a kind. */
export function waitOf(
  session: RunSession,
  options: { key: string; kind: string; forMs: number },
): Wait {
  const { key, kind, forMs } = options;
  const { waits = {} } = session.stepRecord(key);
  const now = Date.now();
  const span = waits[kind] ?? {
    since: new Date(now).toISOString(),
    until: new Date(now + forMs).toISOString(),
  };
  return {
    span,
    expired: Date.parse(span.until) <= now,
    change: { records: [{ key, waits: { ...waits, [kind]: span } }] },
  };
}
