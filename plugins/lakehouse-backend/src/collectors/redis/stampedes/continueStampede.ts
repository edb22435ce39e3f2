import type { Stampede } from '@lakehouse-ops/plugin-lakehouse-common';
import type { FoundStampede } from './FoundStampede';
import { QUIET_MS } from './findDuplicateMisses';

/**
 * Makes a stampede of what was found, under the name and from the beginning of one
 * that is known of the same time: reports come late and looks back are bounded, so
 * that the beginning which can be seen moves.
 */
export function continueStampede(
  found: FoundStampede,
  options: { connection: string; known: readonly Stampede[]; nowMs: number },
): Stampede {
  const { connection, nowMs } = options;
  const same = options.known.find(
    one =>
      one.evidence === found.evidence &&
      one.prefix === found.prefix &&
      Date.parse(one.startedAt) <= found.lastSeenMs + QUIET_MS &&
      (one.endedAt === undefined ||
        Date.parse(one.endedAt) >= found.startMs - QUIET_MS),
  );
  const startedAt = same?.startedAt ?? new Date(found.startMs).toISOString();
  const hasEnded = nowMs - found.lastSeenMs > QUIET_MS;
  return {
    id:
      same?.id ??
      [connection, found.evidence, found.prefix ?? '', startedAt].join(':'),
    connection,
    prefix: found.prefix,
    evidence: found.evidence,
    startedAt,
    ...(hasEnded && { endedAt: new Date(found.lastSeenMs).toISOString() }),
    keys: found.keys,
    duplicateMisses: atLeast(found.duplicateMisses, same?.duplicateMisses),
    expiredKeys: atLeast(found.expiredKeys, same?.expiredKeys),
    trino: same?.trino,
  };
}

/** What was seen once stays seen, when it has left the look back. */
function atLeast(
  now: number | undefined,
  before: number | undefined,
): number | undefined {
  if (now === undefined) return before;
  return Math.max(now, before ?? 0);
}
