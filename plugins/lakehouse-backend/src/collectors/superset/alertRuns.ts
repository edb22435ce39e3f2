import type {
  AlertRun,
  AlertState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SupersetLogRow } from '@lakehouse-ops/plugin-lakehouse-node';
import { alertStateOf } from './alertState';

/** What Superset logs besides the error itself, when it has told the owners of it. */
const NOTIFIED = 'Notification sent with error';

/**
 * Evaluations out of rows of the execution log, newest first. Superset writes a row
 * for each state that an execution goes through: the last one is how it ended.
 */
export function alertRunsOf(
  rows: readonly SupersetLogRow[],
  kind: 'alert' | 'report',
): AlertRun[] {
  const byExecution = new Map<string, SupersetLogRow[]>();
  for (const row of rows) {
    const key = row.executionId ?? `row-${row.id}`;
    byExecution.set(key, [...(byExecution.get(key) ?? []), row]);
  }
  return [...byExecution].map(([id, own]) => {
    const inOrder = [...own].sort((a, b) => Number(a.id) - Number(b.id));
    const last = inOrder.at(-1) ?? own[0];
    const error = inOrder.find(
      row => row.errorMessage !== undefined && row.errorMessage !== NOTIFIED,
    );
    const running = last.state === 'Working';
    return {
      id,
      state: alertStateOf({ word: last.state, kind }),
      scheduledAt: last.scheduledAt,
      startedAt: inOrder[0].startedAt,
      endedAt: running ? undefined : last.endedAt,
      value: inOrder.flatMap(row => row.value ?? []).at(-1),
      errorMessage: error?.errorMessage ?? last.errorMessage,
    };
  });
}

/** Since when an alert is Working: later rows of other executions only say that it still is. */
export function workingSince(
  rows: readonly SupersetLogRow[],
): string | undefined {
  return rows.find(
    row => row.state === 'Working' && row.errorMessage === undefined,
  )?.startedAt;
}

/** States that say what an evaluation found, newest first. */
export function judged(
  runs: readonly AlertRun[],
): Array<AlertRun & { state: Extract<AlertState, 'fired' | 'healthy'> }> {
  return runs.flatMap(run =>
    run.state === 'fired' || run.state === 'healthy'
      ? [{ ...run, state: run.state }]
      : [],
  );
}
