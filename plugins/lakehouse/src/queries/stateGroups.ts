import type { QueryState } from '@lakehouse-ops/plugin-lakehouse-common';

/** States that people tell apart, by the states that Trino tells apart. */
export const STATE_GROUPS: ReadonlyArray<{
  readonly label: string;
  readonly states: readonly QueryState[];
}> = [
  {
    label: 'Running',
    states: ['PLANNING', 'STARTING', 'RUNNING', 'FINISHING'],
  },
  {
    label: 'Queued',
    states: ['QUEUED', 'WAITING_FOR_RESOURCES', 'DISPATCHING'],
  },
  { label: 'Failed', states: ['FAILED'] },
  { label: 'Finished', states: ['FINISHED'] },
  { label: 'Unknown', states: ['UNKNOWN'] },
];

/** Takes a group's states in, or out when any of them is in. */
export function toggleStates(
  current: readonly QueryState[],
  group: readonly QueryState[],
): QueryState[] {
  const anyIn = group.some(state => current.includes(state));
  const rest = current.filter(state => !group.includes(state));
  return anyIn ? rest : [...rest, ...group];
}
