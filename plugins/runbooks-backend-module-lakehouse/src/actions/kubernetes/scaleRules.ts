import { ConflictError, InputError } from '@backstage/errors';
import {
  describeConnectionError,
  type KubernetesConnection,
  type KubernetesWorkload,
} from '@lakehouse-ops/plugin-lakehouse-node';

/**
 * Holds a number of replicas against the bounds of the config.
 *
 * @throws ConflictError when the workload may not be scaled or has that number, InputError
 * when the number is out of bounds
 */
export function requireScalable(options: {
  workload: KubernetesWorkload;
  selection: KubernetesConnection['workloads'][number];
  replicas: number;
}): void {
  const { workload, selection, replicas } = options;
  if (!selection.scale) {
    throw new ConflictError(
      `${workload.name} may not be scaled from here. Its entry under lakehouse.kubernetes.connections[].workloads has no scale: { min, max }; add it to allow this.`,
    );
  }
  const { min, max } = selection.scale;
  if (replicas < min || replicas > max) {
    throw new InputError(
      `replicas: ${replicas} is outside of ${min} to ${max}, the bounds of ${workload.name} in the config. Choose a number between them.`,
    );
  }
  if (workload.replicas.wanted === replicas) {
    throw new ConflictError(
      `${workload.name} is to have ${replicas} replicas already: there is nothing to change.`,
    );
  }
}

/**
 * What autoscalers mean for a scaling by hand.
 *
 * @returns a warning when they could not be read
 * @throws ConflictError when one sets the replicas of the workload
 */
export async function autoscalerHints(options: {
  connection: KubernetesConnection;
  workload: KubernetesWorkload;
  signal: AbortSignal;
}): Promise<string[]> {
  const { connection, workload, signal } = options;
  try {
    const autoscalers = await connection.listAutoscalers({
      namespace: workload.namespace,
      signal,
    });
    const own = autoscalers.find(
      ({ targetKind, targetName }) =>
        targetKind === workload.kind && targetName === workload.name,
    );
    if (own) {
      throw new ConflictError(
        `Autoscaler ${own.name} sets the replicas of ${workload.name} between ${own.min} and ${own.max}, and would undo this in seconds. Change its minReplicas or maxReplicas instead.`,
      );
    }
    return [];
  } catch (error) {
    if (error instanceof ConflictError) throw error;
    signal.throwIfAborted();
    return [
      `Whether an autoscaler sets the replicas could not be read (${
        describeConnectionError(error).reason
      }): one that does will undo this.`,
    ];
  }
}
