import type { TimelineEvent } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  RedisMode,
  RedisNode,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** What is remembered of a look to tell what happened since. */
export interface NodesLook {
  readonly at: string;
  /** Primaries, with the process that answered where it is known. */
  readonly primaries: ReadonlyArray<RedisNode & { readonly runId?: string }>;
}

/** Failovers and restarts between two looks. */
export function eventsBetween(options: {
  connection: string;
  mode: RedisMode;
  before: NodesLook | undefined;
  now: NodesLook;
}): TimelineEvent[] {
  const { connection, before, now } = options;
  if (!before) return [];
  const known = new Map(before.primaries.map(node => [node.id, node]));
  const left = before.primaries.filter(
    ({ id }) => !now.primaries.some(node => node.id === id),
  );
  const events: TimelineEvent[] = [];
  for (const node of now.primaries) {
    const same = known.get(node.id);
    if (same) {
      if (same.runId && node.runId && same.runId !== node.runId) {
        events.push({
          id: `${connection}:restart:${node.id}:${node.runId}`,
          connection,
          kind: 'restart',
          at: now.at,
          severity: 'warning',
          title: `Redis ${node.id} has restarted; its counters begin anew`,
          subject: node.id,
        });
      }
      continue;
    }
    const gone = left.find(one => tookOver(one, node));
    if (gone) {
      events.push({
        id: `${connection}:failover:${gone.id}:${node.id}:${now.at}`,
        connection,
        kind: 'failover',
        at: now.at,
        severity: 'critical',
        title: `Redis ${node.id} took over from ${gone.id}`,
        subject: node.id,
      });
    }
  }
  return events;
}

/** Outside a cluster there is one primary; in it slots tell. A node that moved keeps its name. */
function tookOver(gone: RedisNode, fresh: RedisNode): boolean {
  if (!gone.slots || !fresh.slots) return true;
  if (gone.nodeId && gone.nodeId === fresh.nodeId) return false;
  return fresh.slots.some(([first, last]) =>
    (gone.slots ?? []).some(
      ([goneFirst, goneLast]) => first <= goneLast && last >= goneFirst,
    ),
  );
}
