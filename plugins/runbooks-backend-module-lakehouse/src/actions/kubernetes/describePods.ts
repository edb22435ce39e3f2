import type { KubernetesPod } from '@lakehouse-ops/plugin-lakehouse-node';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';

const MAX_ROWS = 20;

/** Pods as rows of a preview. */
export function describePods(
  pods: readonly KubernetesPod[],
): PreviewContent['samples'] {
  return {
    columns: ['Pod', 'Node', 'State', 'Restarts', 'Ended last'],
    rows: [...pods]
      .sort((a, b) =>
        a.name.localeCompare(b.name, undefined, { numeric: true }),
      )
      .slice(0, MAX_ROWS)
      .map(pod => [
        pod.name,
        pod.node ?? '–',
        stateOf(pod),
        String(restartsOf([pod])),
        lastEndOf(pod),
      ]),
    total: pods.length,
  };
}

export function restartsOf(pods: readonly KubernetesPod[]): number {
  return pods
    .flatMap(({ containers }) => containers)
    .reduce((total, { restarts }) => total + restarts, 0);
}

function stateOf(pod: KubernetesPod): string {
  if (pod.ready) return 'ready';
  if (pod.unschedulable) return 'no node takes it';
  const waiting = pod.containers.find(one => one.waiting)?.waiting;
  return waiting?.reason ?? `${pod.phase}, not ready`;
}

function lastEndOf(pod: KubernetesPod): string {
  const ended = pod.containers.find(
    one => one.lastTermination,
  )?.lastTermination;
  return ended ? `${ended.reason}${ended.at ? `, ${ended.at}` : ''}` : '–';
}
