import { ConflictError } from '@backstage/errors';
import type {
  KubernetesConnection,
  KubernetesWorkload,
  KubernetesWorkloadRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

/** Controllers write a workload's status, and with it a new version of it, at any time. */
const MAX_ATTEMPTS = 10;

/** What must still hold of a workload when it is changed. */
export const workloadFingerprint = z.object({
  uid: z.string(),
  generation: z.number(),
  replicas: z.number(),
});

export function fingerprintOf(
  workload: KubernetesWorkload,
): z.output<typeof workloadFingerprint> {
  return {
    uid: workload.uid,
    generation: workload.generation,
    replicas: workload.replicas.wanted,
  };
}

/**
 * Changes a workload in the version that was just looked at, if it is still what was
 * previewed. When only its status changed in between, it is looked at again.
 *
 * @throws ConflictError when it is not what was previewed any more; then nothing was done
 */
export async function patchBound<T>(options: {
  connection: KubernetesConnection;
  ref: KubernetesWorkloadRef;
  expected: z.output<typeof workloadFingerprint>;
  patch: (resourceVersion: string) => Promise<T>;
}): Promise<T> {
  const { connection, ref, expected, patch } = options;
  for (let attempt = 1; ; attempt += 1) {
    const workload = await connection.getWorkload(ref);
    const now = fingerprintOf(workload);
    if (now.uid !== expected.uid || now.generation !== expected.generation) {
      throw new ConflictError(
        `${ref.kind} ${ref.name} was changed after it was previewed (generation ${expected.generation}, now ${now.generation}). Nothing was done.`,
      );
    }
    try {
      return await patch(workload.resourceVersion);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
    }
  }
}
