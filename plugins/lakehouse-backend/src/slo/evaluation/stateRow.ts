import type {
  SloAlertState,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { createHash } from 'node:crypto';
import type { SqlType } from '../../observations/dialect';
import { epochMs, storableText } from '../../observations/storable';
import type { ShownState } from '../alerts/judgeConditions';
import type { KeptEvaluation } from './SloStates';
import { statusRank } from './statusRank';
import type { WindowCounts } from './WindowCounts';

/** Beyond all budgets that there are, so that unknown ones come last; JSON and both databases take it. */
const UNKNOWN_REMAINING = 1e9;
const MAX_SEARCH_TEXT = 2_000;

export const STATE_COLUMNS: ReadonlyArray<readonly [string, SqlType]> = [
  ['slo_id', 'text'],
  ['rank', 'integer'],
  ['remaining_order', 'real'],
  ['firing', 'integer'],
  ['owner', 'text'],
  ['system', 'text'],
  ['entity_ref', 'text'],
  ['connections', 'text'],
  ['search_text', 'text'],
  ['alert_key', 'text'],
  ['content_hash', 'text'],
  ['evaluated_at', 'integer'],
  ['content', 'text'],
  ['window_counts', 'text'],
];

/** A summary as its row: what is searched and sorted by, beside the whole as JSON; and what it was made of. */
export function stateRow(
  summary: SloSummary,
  counts?: WindowCounts,
): Record<string, string | number | undefined> & {
  slo_id: string;
  alert_key: string;
  content_hash: string;
  evaluated_at: number;
} {
  // The time of the evaluation has its own column: it alone must not make a new document.
  const { evaluatedAt, ...figures } = summary;
  const content = storableText(JSON.stringify(figures));
  const counted = counts && JSON.stringify(counts);
  const remaining = summary.budget?.remaining;
  return {
    slo_id: summary.id,
    rank: statusRank(summary.status),
    remaining_order:
      remaining !== undefined && Number.isFinite(remaining)
        ? remaining
        : UNKNOWN_REMAINING,
    firing: summary.burnRates.filter(isFiring).length,
    owner: summary.owner,
    system: summary.system,
    entity_ref: summary.entityRef,
    connections: JSON.stringify([...new Set(summary.connections)].sort()),
    search_text: searchText(
      [summary.name, summary.title, summary.service].join('\n'),
    ).slice(0, MAX_SEARCH_TEXT),
    alert_key: alertKey(summary),
    content_hash: createHash('sha256')
      .update(content)
      .update(counted ?? '')
      .digest('base64'),
    evaluated_at: epochMs(evaluatedAt) ?? 0,
    content,
    window_counts: counted,
  };
}

/** Text as it is compared when someone searches. */
export function searchText(text: string): string {
  return storableText(text).toLocaleLowerCase('en');
}

/** Parses what {@link stateRow} wrote. */
export function summaryOf(row: {
  content: string;
  evaluated_at: number | string;
}): SloSummary {
  const figures: SloSummary = JSON.parse(row.content);
  const evaluatedAt = Number(row.evaluated_at);
  return evaluatedAt
    ? { ...figures, evaluatedAt: new Date(evaluatedAt).toISOString() }
    : figures;
}

/** As {@link summaryOf}; the counts are absent where a release that kept none evaluated. */
export function evaluationOf(row: {
  content: string;
  evaluated_at: number | string;
  window_counts: string | null;
}): KeptEvaluation {
  const counts: WindowCounts | undefined =
    row.window_counts === null ? undefined : JSON.parse(row.window_counts);
  return { summary: summaryOf(row), counts };
}

function isFiring({ state }: { state: string }): boolean {
  return state === 'firing';
}

function alertKey(summary: SloSummary): string {
  return JSON.stringify([
    summary.status,
    summary.data,
    summary.silencedUntil ?? '',
    summary.burnRates.map(({ condition, state, since }) => [
      condition,
      state,
      epochMs(since) ?? 0,
    ]),
  ]);
}

/** What {@link stateRow} wrote of the alerts: by condition, its state and since when. */
export function shownOf(key: string): ReadonlyMap<string, ShownState> {
  const [, , , conditions]: AlertKey = JSON.parse(key);
  return new Map(
    conditions.map(([condition, state, sinceMs]) => [
      condition,
      { state, sinceMs },
    ]),
  );
}

type AlertKey = [
  status: string,
  data: string,
  silencedUntil: string,
  conditions: Array<[string, SloAlertState, number]>,
];
