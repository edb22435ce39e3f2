import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  ConnectionAbortedError,
  type KubernetesConnection,
  type KubernetesEvent,
  type KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { assignEvents } from './assignEvents';
import { toWorkload } from './toWorkload';

const POD_LISTS_AT_A_TIME = 4;

/** What was seen in one namespace. */
export interface NamespaceLook {
  readonly workloads: readonly Workload[];
  readonly eventsTruncated: boolean;
  /** Why its events could not be read; the rest is told all the same. */
  readonly eventsError?: unknown;
}

type Selection = KubernetesConnection['workloads'][number];

interface Selected {
  readonly workload: KubernetesWorkload;
  readonly selection: Selection;
}

/**
 * Looks at the workloads of a namespace, their pods and their events.
 *
 * @throws the connection's errors when workloads or pods can't be read: without pods
 * there are no counts of restarts, and a count that is missing is not 0
 */
export async function readNamespace(options: {
  connection: KubernetesConnection;
  namespace: string;
  maxWorkloads: number;
  nowMs: number;
  signal: AbortSignal;
}): Promise<NamespaceLook> {
  const { connection, namespace, signal } = options;
  const [selected, events] = await Promise.all([
    select(options),
    readEvents(connection, { namespace, signal }),
  ]);
  const eventsOf = assignEvents(
    events.items,
    selected.map(({ workload }) => workload),
  );
  const workloads: Workload[] = [];
  for (let at = 0; at < selected.length; at += POD_LISTS_AT_A_TIME) {
    workloads.push(
      ...(await Promise.all(
        selected
          .slice(at, at + POD_LISTS_AT_A_TIME)
          .map(async ({ workload, selection }) =>
            toWorkload({
              connection: connection.id,
              workload,
              selection,
              pods: workload.podSelector
                ? await connection.listPods({
                    namespace,
                    selector: workload.podSelector,
                    signal,
                  })
                : [],
              events: eventsOf(workload),
              nowMs: options.nowMs,
            }),
          ),
      )),
    );
  }
  return {
    workloads,
    eventsTruncated: events.truncated,
    eventsError: events.error,
  };
}

/** Each workload once, by the first entry of the config that selects it. */
async function select(options: {
  connection: KubernetesConnection;
  namespace: string;
  maxWorkloads: number;
  signal: AbortSignal;
}): Promise<Selected[]> {
  const { connection, namespace, signal } = options;
  const byUid = new Map<string, Selected>();
  for (const selection of connection.workloads) {
    if (selection.namespace !== namespace) continue;
    const lists = await Promise.all(
      selection.kinds.map(kind =>
        connection.listWorkloads(kind, {
          namespace,
          selector: selection.selector,
          signal,
        }),
      ),
    );
    for (const workload of lists.flat()) {
      if (!byUid.has(workload.uid)) {
        byUid.set(workload.uid, { workload, selection });
      }
    }
  }
  // One more than is kept shows that there are more.
  return [...byUid.values()].slice(0, options.maxWorkloads + 1);
}

async function readEvents(
  connection: KubernetesConnection,
  options: { namespace: string; signal: AbortSignal },
): Promise<{
  items: readonly KubernetesEvent[];
  truncated: boolean;
  error?: unknown;
}> {
  try {
    return await connection.listEvents(options);
  } catch (error) {
    if (error instanceof ConnectionAbortedError) throw error;
    return { items: [], truncated: false, error };
  }
}
