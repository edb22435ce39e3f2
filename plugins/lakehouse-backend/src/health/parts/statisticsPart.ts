import {
  NO_STATISTICS_SCORE,
  STALE_ROWS_SHARE,
  STALE_ROWS_SHARE_WORST,
  STALE_STATISTICS_SCORE,
} from '../thresholds';
import { PartFacts, percent, ScoredPart, slope } from './PartFacts';

/** Stale statistics mislead the planner; none leave it guessing. */
export function statisticsPart(facts: PartFacts): ScoredPart {
  if (facts.totals?.records === 0) {
    return { explanation: 'An empty table needs no statistics.' };
  }
  if (!facts.statistics) {
    return { explanation: 'Statistics were not observed.' };
  }
  const { state, collectedAt, rowsSinceShare } = facts.statistics;
  if (state === 'none') {
    return {
      score: NO_STATISTICS_SCORE,
      explanation: 'No column has statistics: the planner guesses.',
    };
  }
  const since = collectedAt
    ? `collected ${collectedAt.slice(0, 16).replace('T', ' ')} UTC`
    : 'collected at an unknown time';
  const rows =
    rowsSinceShare === undefined
      ? ''
      : `; ${percent(rowsSinceShare)} of the rows came after them`;
  return {
    score: scoreOf(state, rowsSinceShare),
    explanation: `Statistics are ${state}: ${since}${rows}.`,
  };
}

function scoreOf(state: 'fresh' | 'stale', share: number | undefined): number {
  if (share === undefined) {
    return state === 'fresh' ? 100 : STALE_STATISTICS_SCORE;
  }
  const drift =
    100 -
    (100 - STALE_STATISTICS_SCORE) * Math.min(1, share / STALE_ROWS_SHARE);
  const decay =
    (STALE_STATISTICS_SCORE / 100) *
    slope(share, STALE_ROWS_SHARE, STALE_ROWS_SHARE_WORST);
  const byRows = share <= STALE_ROWS_SHARE ? drift : decay;
  return state === 'fresh' ? byRows : Math.min(byRows, STALE_STATISTICS_SCORE);
}
