import { NotFoundError } from '@backstage/errors';
import type {
  KubernetesConnection,
  KubernetesPod,
  KubernetesWorkload,
  KubernetesWorkloadRef,
} from '@lakehouse-ops/plugin-lakehouse-node';

type Selection = KubernetesConnection['workloads'][number];

/** A workload as it is now, and the entry of the config that selects it. */
export interface FoundWorkload {
  readonly workload: KubernetesWorkload;
  readonly pods: readonly KubernetesPod[];
  readonly selection: Selection;
}

/**
 * Looks at a workload and its pods.
 *
 * @throws NotFoundError when it is not there, or not among the workloads of the config
 */
export async function findWorkload(options: {
  connection: KubernetesConnection;
  ref: KubernetesWorkloadRef;
  signal: AbortSignal;
}): Promise<FoundWorkload> {
  const selection = await selectionOf(options);
  const found = await lookAt(options);
  return { ...found, selection };
}

/** A workload and its pods, as they are now. */
export async function lookAt(options: {
  connection: KubernetesConnection;
  ref: KubernetesWorkloadRef;
  signal: AbortSignal;
}): Promise<Omit<FoundWorkload, 'selection'>> {
  const { connection, ref, signal } = options;
  const workload = await connection.getWorkload(ref, { signal });
  const pods = await connection.podsOf(workload, { signal });
  return { workload, pods: pods.filter(({ deletedAt }) => !deletedAt) };
}

/** The API server says what a selector selects, so that both read it alike. */
async function selectionOf(options: {
  connection: KubernetesConnection;
  ref: KubernetesWorkloadRef;
  signal: AbortSignal;
}): Promise<Selection> {
  const { connection, ref, signal } = options;
  const candidates = connection.workloads.filter(
    ({ namespace, kinds }) =>
      namespace === ref.namespace && kinds.includes(ref.kind),
  );
  for (const candidate of candidates) {
    const listed = await connection.listWorkloads(ref.kind, {
      namespace: ref.namespace,
      selector: candidate.selector,
      signal,
    });
    if (listed.some(({ name }) => name === ref.name)) return candidate;
  }
  throw new NotFoundError(
    `${ref.kind} ${ref.name} is not there, or not among the workloads that connection '${connection.id}' selects in namespace ${ref.namespace}. Check the name; workloads are named under lakehouse.kubernetes.connections[].workloads.`,
  );
}
