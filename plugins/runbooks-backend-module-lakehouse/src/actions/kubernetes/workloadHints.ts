import {
  describeConnectionError,
  type KubernetesConnection,
  type KubernetesPod,
  type TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** A hint is worth this long a wait, and no longer. */
const HINT_TIMEOUT_MS = 5000;
const MAX_BUDGETS = 5;

/** How many queries run on a workload that runs one of our Trinos. */
export async function runningQueriesHint(options: {
  trino: TrinoConnections | undefined;
  of: string | undefined;
  signal: AbortSignal;
}): Promise<string[]> {
  const { trino, of, signal } = options;
  const cluster = trino?.list().find(({ id }) => id === of);
  if (!cluster) {
    return of ? [`It runs ${of}, which is away or slower meanwhile.`] : [];
  }
  try {
    const running = await cluster.listQueries({
      states: ['RUNNING', 'FINISHING'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(HINT_TIMEOUT_MS)]),
    });
    if (running.length === 0) {
      return [`No query that we can see runs on Trino ${of} now.`];
    }
    const users = new Set(running.map(({ user }) => user)).size;
    return [
      `${running.length} ${
        running.length === 1 ? 'query runs' : 'queries run'
      } on Trino ${of} now, of ${users} ${
        users === 1 ? 'user' : 'users'
      }: those with work on a pod that ends will fail, unless Trino retries them.`,
    ];
  } catch {
    signal.throwIfAborted();
    return [`Which queries run on Trino ${of} could not be asked.`];
  }
}

/**
 * Disruption budgets over the pods that allow none now. They hold back evictions, not
 * rollouts: so they say how tight it is, and nothing more.
 */
export async function disruptionBudgetHints(options: {
  connection: KubernetesConnection;
  namespace: string;
  pods: readonly KubernetesPod[];
  signal: AbortSignal;
}): Promise<string[]> {
  const { connection, namespace, pods, signal } = options;
  const uids = new Set(pods.map(({ uid }) => uid));
  try {
    const budgets = await connection.listDisruptionBudgets({
      namespace,
      signal,
    });
    const tight = budgets
      .filter(one => one.disruptionsAllowed === 0 && one.podSelector !== '')
      .slice(0, MAX_BUDGETS);
    const hints: string[] = [];
    for (const budget of tight) {
      const covered = await connection.listPods({
        namespace,
        selector: budget.podSelector,
        signal,
      });
      if (covered.some(({ uid }) => uids.has(uid))) {
        hints.push(
          `Disruption budget ${budget.name} allows none of these pods to be away now (${budget.currentHealthy} healthy, ${budget.desiredHealthy} needed). It holds back evictions, but not this.`,
        );
      }
    }
    return hints;
  } catch (error) {
    signal.throwIfAborted();
    return [
      `Disruption budgets could not be read: ${
        describeConnectionError(error).reason
      }.`,
    ];
  }
}
