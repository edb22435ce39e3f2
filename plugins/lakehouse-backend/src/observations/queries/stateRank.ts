import {
  QUERY_STATES,
  type QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * States as one order, so that merging is taking the larger: a query only
 * moves forward, an end beats any live state, and what the event listener
 * tells of the end beats what was polled.
 */
const UNKNOWN_RANK = QUERY_STATES.indexOf('UNKNOWN') - 2;
const POLLED_END = 10;
const LISTENER_END = 20;

/** Ranks below are of live states. */
export const FIRST_FINAL_RANK = QUERY_STATES.indexOf('FINISHED');

export function stateRank(
  state: QueryState,
  witness: 'listener' | 'poll',
): number {
  const end = witness === 'listener' ? LISTENER_END : POLLED_END;
  switch (state) {
    case 'FINISHED':
      return end;
    case 'FAILED':
      return end + 1;
    case 'UNKNOWN':
      return UNKNOWN_RANK;
    default:
      return QUERY_STATES.indexOf(state);
  }
}

/** All ranks that stand for a state. */
export function ranksOfState(state: QueryState): number[] {
  const ranks = [stateRank(state, 'poll'), stateRank(state, 'listener')];
  return [...new Set(ranks)];
}

export function stateOfRank(rank: number): QueryState {
  if (rank >= POLLED_END) return rank % 2 === 0 ? 'FINISHED' : 'FAILED';
  if (rank === UNKNOWN_RANK) return 'UNKNOWN';
  return QUERY_STATES[rank] ?? 'UNKNOWN';
}
