import type {
  HealthStatus,
  Workload,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf } from '../components/format';

/** Tells one workload from others, as its series do. */
export function workloadId(
  workload: Pick<Workload, 'namespace' | 'kind' | 'name'>,
): string {
  return `${workload.namespace}/${workload.kind}/${workload.name}`;
}

/** The words for a rollout's state. */
export const ROLLOUT_WORDS: Record<Workload['rollout'], string> = {
  complete: 'Rolled out',
  progressing: 'Rolling out',
  stuck: 'Stuck',
  paused: 'Paused',
  unknown: 'Unknown',
};

/** How a workload is, and why. */
export function workloadHealth(workload: Workload): {
  status: HealthStatus;
  text: string;
} {
  const { wanted, ready } = workload.replicas;
  const missing = wanted - ready;
  const text =
    missing > 0
      ? `${formatCount(ready)} of ${formatNumberOf(wanted, 'pod')} ready${
          workload.rolloutMessage ? `: ${workload.rolloutMessage}` : ''
        }`
      : `${formatNumberOf(ready, 'pod')} ready`;
  if (workload.rollout === 'stuck' || (wanted > 0 && ready === 0)) {
    return { status: 'breached', text };
  }
  if (missing > 0 || workload.pending > 0) return { status: 'at-risk', text };
  if (workload.oomKills > 0) {
    return {
      status: 'at-risk',
      text: `${formatNumberOf(
        workload.oomKills,
        'container',
      )} killed for lack of memory`,
    };
  }
  return workload.rollout === 'unknown'
    ? { status: 'unknown', text }
    : { status: 'healthy', text };
}
