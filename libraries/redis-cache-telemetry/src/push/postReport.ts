import type { CacheTelemetryReport } from './CacheTelemetryReport';

const TIMEOUT_MS = 5_000;
const MAX_REASON_LENGTH = 300;
/** Answers upon which the same report would be refused again. */
const NEVER_TAKEN = new Set([400, 413, 415, 422]);

/** What became of a report. */
export type PushResult =
  | { readonly state: 'taken' }
  /** This report will never be taken. */
  | { readonly state: 'refused'; readonly reason: string }
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly retryAfterMs?: number;
    };

/** Where and with what reports are sent. */
export interface PushTarget {
  readonly url: string;
  readonly token: () => string | Promise<string>;
  readonly fetch: typeof fetch;
}

/** Sends a report; never throws. */
export async function postReport(
  target: PushTarget,
  report: CacheTelemetryReport,
): Promise<PushResult> {
  try {
    const response = await target.fetch(target.url, {
      method: 'POST',
      // The token goes to nobody else.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${await target.token()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(report),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // The answer is its status; what comes with it is not worth reading.
    await response.body?.cancel();
    if (response.ok) return { state: 'taken' };
    const reason = `${target.url} answered ${response.status}`;
    if (NEVER_TAKEN.has(response.status)) return { state: 'refused', reason };
    return {
      state: 'failed',
      reason,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    };
  } catch (error) {
    return { state: 'failed', reason: `${target.url}: ${describe(error)}` };
  }
}

function retryAfterMs(header: string | null): number | undefined {
  const seconds = header === null ? NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'no answer';
  const cause =
    thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return `${thrown.message}${cause}`.slice(0, MAX_REASON_LENGTH);
}
