import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';
import { DEFAULT_POLL_MS, type KubernetesActionOptions } from './actionContext';
import { type FoundWorkload, lookAt } from './findWorkload';
import { patchBound, workloadFingerprint } from './patchBound';
import { preflightKubernetes } from './preflightKubernetes';
import { type Progress, waitForWorkload } from './waitForWorkload';
import {
  refOf,
  type WorkloadInput,
  workloadLockKeys,
  workloadTarget,
} from './workloadInput';

type Look = Omit<FoundWorkload, 'selection'>;

/** What all actions share that change a workload by one patch, which Kubernetes then carries out. */
export function workloadActionFrame(
  options: KubernetesActionOptions & {
    /** What is patched, when it is not the workload itself. */
    readonly subresource?: 'scale';
  },
) {
  const { connections, connectionChanged, subresource } = options;
  const pollMs = options.pollMs ?? DEFAULT_POLL_MS;
  return {
    /** The workload and its pods, as they are now. */
    look(input: WorkloadInput, signal: AbortSignal): Promise<Look> {
      return lookAt({
        connection: connections.get(input.connection),
        ref: refOf(input),
        signal,
      });
    },

    /** Patches what the preview showed, and waits until Kubernetes is done with it. */
    async change(
      context: RunbookRunContext<WorkloadInput>,
      change: {
        patch: (resourceVersion: string) => Promise<unknown>;
        /** What is said once it is accepted. */
        accepted: string;
        judge: (look: Look) => Progress;
      },
    ): Promise<void> {
      const { input, log } = context;
      const connection = connections.get(input.connection);
      const ref = refOf(input);
      try {
        await patchBound({
          connection,
          ref,
          expected: workloadFingerprint.parse(context.fingerprint),
          patch: change.patch,
        });
        log.info(change.accepted);
        await waitForWorkload(context, {
          connection,
          ref,
          pollMs,
          judge: change.judge,
        });
      } finally {
        connectionChanged(input.connection);
      }
    },

    hooks: {
      risk: 'medium' as const,
      attributes: { readOnly: false, destructive: true, idempotent: false },
      target: workloadTarget,
      lockKeys: workloadLockKeys,
      preflight: ({ target }: { target: RunTarget }) =>
        preflightKubernetes({ connections, target, subresource }),
    },
  };
}
