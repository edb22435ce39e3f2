import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';

const MAX_TEXT_LENGTH = 300;

/**
 * The beginning of a query's text, enough to recognise it. All its literals
 * are left out: what people put there is nobody else's business, and may be a
 * secret.
 */
export function queryTextSample(text: string): string {
  const bare = text
    .slice(0, MAX_TEXT_LENGTH * 10)
    .replace(/'(?:[^']|'')*'?/g, "'…'")
    .replace(/\s+/g, ' ')
    .trim();
  return bare.length > MAX_TEXT_LENGTH
    ? `${bare.slice(0, MAX_TEXT_LENGTH)}…`
    : bare;
}

/** Who runs a query: `alice (nightly-export)`. */
export function queryOwner(query: TrinoListedQuery): string {
  return query.source ? `${query.user} (${query.source})` : query.user;
}

/** Error name that a killed query ends with (code 38, USER_ERROR). */
export const KILLED = 'ADMINISTRATIVELY_KILLED';

/** How a query ended: `FAILED, USER_CANCELED`. */
export function endOf(query: TrinoListedQuery): string {
  return query.errorName ? `${query.state}, ${query.errorName}` : query.state;
}
