import type { RunChange } from './RunStore';

/** The columns of `runbook_runs` that a change sets. */
export function changeToColumns(
  change: RunChange,
): Record<string, string | null> {
  const { waitingFor } = change;
  const columns: Record<string, string | undefined> = {
    state: change.state,
    started_at: change.startedAt,
    ended_at: change.endedAt,
    steps: toText(change.steps),
    output: toText(change.output),
    verification: toText(change.verification),
    error: toText(change.error),
  };
  const set: Record<string, string | null> = {};
  for (const [column, value] of Object.entries(columns)) {
    if (value !== undefined) set[column] = value;
  }
  if (change.state === undefined) return set;
  return {
    ...set,
    waiting_for: toText(waitingFor) ?? null,
    wait_until: waitingFor && 'until' in waitingFor ? waitingFor.until : null,
  };
}

function toText(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
