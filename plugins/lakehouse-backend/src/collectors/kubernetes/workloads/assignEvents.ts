import type { WorkloadEvent } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  KubernetesEvent,
  KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';

const MAX_EVENTS = 50;

/**
 * Parts a namespace's events among its workloads. Pods and ReplicaSets that are gone
 * tell by their names whose they were: the workload with the longest name that theirs
 * begins with, so that `superset-worker-0` is not `superset`'s.
 */
export function assignEvents(
  events: readonly KubernetesEvent[],
  workloads: readonly KubernetesWorkload[],
): (workload: KubernetesWorkload) => WorkloadEvent[] {
  const byLength = [...workloads].sort((a, b) => b.name.length - a.name.length);
  const assigned = new Map<KubernetesWorkload, Map<string, WorkloadEvent>>();
  for (const event of events) {
    const owner = byLength.find(workload => isAbout(event, workload));
    if (!owner) continue;
    const known = assigned.get(owner) ?? new Map<string, WorkloadEvent>();
    assigned.set(owner, known);
    const key = `${event.object} ${event.reason} ${event.message}`;
    known.set(key, merge(known.get(key), event));
  }
  return workload =>
    [...(assigned.get(workload)?.values() ?? [])]
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, MAX_EVENTS);
}

function isAbout({ object }: KubernetesEvent, workload: KubernetesWorkload) {
  const slash = object.indexOf('/');
  const kind = object.slice(0, slash);
  const name = object.slice(slash + 1);
  if (kind === workload.kind) return name === workload.name;
  return (
    (kind === 'Pod' || kind === 'ReplicaSet') &&
    name.startsWith(`${workload.name}-`)
  );
}

function merge(
  known: WorkloadEvent | undefined,
  event: KubernetesEvent,
): WorkloadEvent {
  return {
    at: known && known.at > event.at ? known.at : event.at,
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: (known?.count ?? 0) + event.count,
    object: event.object,
  };
}
