import type {
  KubernetesConnection,
  KubernetesWorkloadRef,
} from '../../connections/kubernetes';

const MAX_ATTEMPTS = 20;

/** Changes a workload in its newest version: controllers write status meanwhile, and with it another version. */
export async function withVersion<T>(
  connection: KubernetesConnection,
  ref: KubernetesWorkloadRef,
  run: (resourceVersion: string) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run((await connection.getWorkload(ref)).resourceVersion);
    } catch (error) {
      const isConflict =
        error instanceof Error && error.name === 'ConflictError';
      if (!isConflict || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
