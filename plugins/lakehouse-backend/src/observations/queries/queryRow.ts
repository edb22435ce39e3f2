import {
  isFinalQueryState,
  type QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { epochMs, storableText } from '../storable';
import { QUERY_FIELDS, QUERY_TEXT_BIT, QueryColumn } from './queryFields';
import { stateRank } from './stateRank';

type Value = string | number | undefined;

/** One observation of a query, or several merged, as columns of `queries`. */
export type QueryRow = {
  readonly connection: string;
  readonly query_id: string;
  readonly listener_mask: number;
  readonly state_rank: number;
  readonly alive_at: number | undefined;
  readonly listener_at: number | undefined;
  readonly poll_at: number | undefined;
  readonly text_truncated: number | undefined;
} & { readonly [C in QueryColumn]?: Value };

export function toQueryRow(query: QueryRecord): QueryRow {
  const listener = query.observedBy.includes('listener');
  const observedAt = epochMs(query.observedAt) ?? Date.now();
  const values: { [C in QueryColumn]?: Value } = {};
  let mask = 0;
  QUERY_FIELDS.forEach(({ column, of }, index) => {
    const value = of(query);
    if (value === undefined) return;
    values[column] = value;
    if (listener) mask |= 1 << index;
  });
  return {
    created_at: observedAt,
    ...values,
    connection: storableText(query.connection),
    query_id: storableText(query.queryId),
    listener_mask: mask,
    state_rank: stateRank(query.state, listener ? 'listener' : 'poll'),
    alive_at: isFinalQueryState(query.state) ? undefined : observedAt,
    listener_at: listener ? observedAt : undefined,
    poll_at: query.observedBy.includes('poll') ? observedAt : undefined,
    text_truncated:
      query.queryText === undefined
        ? undefined
        : Number(!!query.queryTextTruncated),
  };
}

/**
 * The merge rule, as `queryUpsert` states it in SQL. Field by field, what the
 * event listener told beats what was polled; of one witness the larger value
 * stands, as figures only grow while a query lives. Nothing known is lost.
 * Being a least upper bound, it gives the same for any order and repetition.
 */
export function mergeQueryRows(a: QueryRow, b: QueryRow): QueryRow {
  const values: { [C in QueryColumn]?: Value } = {};
  QUERY_FIELDS.forEach(({ column }, index) => {
    const bit = 1 << index;
    const toldA = a.listener_mask & bit;
    const toldB = b.listener_mask & bit;
    const value =
      toldA === toldB ? larger(a[column], b[column]) : (toldA ? a : b)[column];
    if (value !== undefined) values[column] = value;
  });
  return {
    ...values,
    connection: a.connection,
    query_id: a.query_id,
    listener_mask: a.listener_mask | b.listener_mask,
    state_rank: Math.max(a.state_rank, b.state_rank),
    alive_at: largerNumber(a.alive_at, b.alive_at),
    listener_at: largerNumber(a.listener_at, b.listener_at),
    poll_at: largerNumber(a.poll_at, b.poll_at),
    text_truncated: truncatedOf(a, b),
  };
}

/** Whether the text is cut goes with the text that stands. */
function truncatedOf(a: QueryRow, b: QueryRow): number | undefined {
  const toldA = a.listener_mask & QUERY_TEXT_BIT;
  const toldB = b.listener_mask & QUERY_TEXT_BIT;
  if (toldA !== toldB) return (toldA ? a : b).text_truncated;
  if (a.query_text === b.query_text) {
    return largerNumber(a.text_truncated, b.text_truncated);
  }
  return larger(a.query_text, b.query_text) === a.query_text
    ? a.text_truncated
    : b.text_truncated;
}

function largerNumber(a: number | undefined, b: number | undefined) {
  if (a === undefined) return b;
  return b === undefined ? a : Math.max(a, b);
}

function larger(a: Value, b: Value): Value {
  if (a === undefined) return b;
  if (b === undefined || a === b) return a;
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  // By bytes, as both databases compare.
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))) >= 0
    ? a
    : b;
}
