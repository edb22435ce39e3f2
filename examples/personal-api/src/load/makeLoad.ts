import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadOptions } from './readLoadOptions';

const MAX_IN_FLIGHT = 500;
const REQUEST_TIMEOUT_MS = 30_000;
const TICK_MS = 20;
const MS_PER_SECOND = 1_000;

const HOT_PATH = '/v1/activity-summary?days=30';
const MAX_DAYS = 366;
/** Of ten requests, how many ask for the same as others do. */
const HOT_SHARE = 0.7;
const REPOS = 200;

/** What came of it. */
export interface LoadResult {
  /** What most of the requests were for. */
  readonly hotPath: string;
  readonly requests: number;
  readonly hits: number;
  readonly misses: number;
  readonly shared: number;
  readonly failed: number;
  /** Not made, because too many were unanswered. */
  readonly skipped: number;
  readonly slowestMs: number;
}

/** Asks the service at a steady rate for a bounded time. */
export async function makeLoad(
  options: Pick<LoadOptions, 'url' | 'rate' | 'seconds' | 'stampede'>,
): Promise<LoadResult> {
  const { url, rate, seconds, stampede } = options;
  // For a stampede one that nobody has asked for yet, so that it has the short time to live.
  const hotPath = stampede
    ? `/v1/activity-summary?days=${1 + Math.floor(Math.random() * MAX_DAYS)}`
    : HOT_PATH;
  const counts = { hit: 0, miss: 0, shared: 0, failed: 0 };
  const inFlight = new Set<Promise<void>>();
  let requests = 0;
  let skipped = 0;
  let slowestMs = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * MS_PER_SECOND;

  for (let now = startedAt; now < endsAt; now = performance.now()) {
    const due = Math.floor(((now - startedAt) / MS_PER_SECOND) * rate);
    while (requests + skipped < due) {
      if (inFlight.size >= MAX_IN_FLIGHT) {
        skipped += 1;
        continue;
      }
      requests += 1;
      const request = ask(
        new URL(stampede ? hotPath : pickPath(), url),
      ).finally(() => inFlight.delete(request));
      inFlight.add(request);
    }
    await sleep(TICK_MS);
  }
  await Promise.all(inFlight);
  return {
    hotPath,
    requests,
    hits: counts.hit,
    misses: counts.miss,
    shared: counts.shared,
    failed: counts.failed,
    skipped,
    slowestMs: Math.round(slowestMs),
  };

  async function ask(target: URL): Promise<void> {
    const askedAt = performance.now();
    counts[await outcomeOf(target)] += 1;
    slowestMs = Math.max(slowestMs, performance.now() - askedAt);
  }
}

async function outcomeOf(
  target: URL,
): Promise<'hit' | 'miss' | 'shared' | 'failed'> {
  try {
    const response = await fetch(target, {
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    const outcome = response.headers.get('x-cache');
    if (!response.ok) return 'failed';
    return outcome === 'hit' || outcome === 'shared' ? outcome : 'miss';
  } catch {
    // Refused, cut off or too late: counted, and told in the end.
    return 'failed';
  }
}

function pickPath(): string {
  if (Math.random() < HOT_SHARE) return HOT_PATH;
  return Math.random() < 0.5
    ? '/v1/commits?limit=20'
    : `/v1/repos/${1 + Math.floor(Math.random() * REPOS)}/stats`;
}
