import { isFinalQueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import { endOf, KILLED } from './describeQuery';

/** How long after a kill the query may take to end. */
export const KILL_TAKES_AT_MOST_MS = 10_000;

/** Tells whether a query ended the way that a kill ends it. */
export function verifyKill(
  queryId: string,
  query: TrinoListedQuery | undefined,
): Verification {
  const metrics = [
    {
      label: 'State',
      unit: 'text' as const,
      before: 'alive',
      after: query ? endOf(query) : 'unknown',
    },
  ];
  if (!query) {
    return {
      outcome: 'inconclusive',
      summary: `Trino accepted to kill ${queryId}, and does not know it any more.`,
      metrics,
    };
  }
  if (query.errorName === KILLED) {
    return {
      outcome: 'verified',
      summary: `Query ${queryId} ended with ${KILLED}.`,
      metrics,
    };
  }
  if (isFinalQueryState(query.state)) {
    return {
      outcome: 'inconclusive',
      summary: `Query ${queryId} ended on its own before the kill took effect (${endOf(
        query,
      )}).`,
      metrics,
    };
  }
  return {
    outcome: 'not-verified',
    summary: `Query ${queryId} is still ${query.state} ${
      KILL_TAKES_AT_MOST_MS / 1000
    } s after Trino accepted to kill it.`,
    metrics,
  };
}
