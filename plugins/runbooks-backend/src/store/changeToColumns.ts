import type { RunChange } from './RunStore';

/** The columns of `runbook_runs` that a change sets. */
export function changeToColumns(
  change: RunChange,
  endLease: boolean,
): Record<string, string | null> {
  const columns: Record<string, string | undefined> = {
    state: change.state,
    started_at: change.startedAt,
    ended_at: change.endedAt,
    steps: toText(change.steps),
    output: toText(change.output),
    verification: toText(change.verification),
    error: toText(change.error),
    memory: toText(change.memory),
  };
  const set: Record<string, string | null> = {};
  for (const [column, value] of Object.entries(columns)) {
    if (value !== undefined) set[column] = value;
  }
  if (endLease) {
    set.lease_owner = null;
    set.lease_until = null;
  }
  return set;
}

function toText(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
