import { failure, type KubernetesReply } from './KubernetesReply';
import type { KubernetesWorld } from './KubernetesWorld';
import { parseLabelSelector } from './labelSelector';
import type { WorldWorkload } from './model';
import { renderAutoscaler, renderBudget, renderEvent } from './renderOthers';
import { podLabels, renderPod } from './renderPod';
import { renderReplicaSets, renderWorkload } from './renderWorkload';

interface Listed {
  readonly kind: string;
  readonly apiVersion: string;
  readonly items: readonly unknown[];
}

type Fits = (labels: Readonly<Record<string, string>>) => boolean;

/** The objects of a kind in a namespace that a selector selects. */
export function listObjects(options: {
  world: KubernetesWorld;
  namespace: string;
  resource: string;
  query: URLSearchParams;
}): Listed | KubernetesReply {
  const { world, namespace, resource } = options;
  const text = options.query.get('labelSelector') ?? '';
  const fits = parseLabelSelector(text);
  if (!fits) {
    return failure(400, `unable to parse requirement: ${text}`);
  }
  const workloads = [...world.workloads.values()].filter(
    workload => workload.namespace === namespace,
  );
  const listed = listKind({ world, namespace, resource, workloads, fits });
  return (
    listed ?? failure(404, 'the server could not find the requested resource')
  );
}

function listKind(options: {
  world: KubernetesWorld;
  namespace: string;
  resource: string;
  workloads: readonly WorldWorkload[];
  fits: Fits;
}): Listed | undefined {
  const { world, namespace, resource, workloads, fits } = options;
  const ofKind = (kind: string): Listed => ({
    kind,
    apiVersion: 'apps/v1',
    items: workloads
      .filter(workload => workload.kind === kind && fits(workload.labels))
      .map(workload => renderWorkload(world, workload)),
  });
  switch (resource) {
    case 'deployments':
      return ofKind('Deployment');
    case 'statefulsets':
      return ofKind('StatefulSet');
    case 'daemonsets':
      return ofKind('DaemonSet');
    case 'replicasets':
      return {
        kind: 'ReplicaSet',
        apiVersion: 'apps/v1',
        items: workloads
          .filter(({ kind }) => kind === 'Deployment')
          .flatMap(workload => renderReplicaSets(world, workload))
          .filter(one => fits(one.metadata.labels ?? {})),
      };
    case 'pods':
      return {
        kind: 'Pod',
        apiVersion: 'v1',
        items: workloads.flatMap(workload =>
          world
            .podsOf(workload)
            .filter(pod => fits(podLabels(workload, pod)))
            .map(pod => renderPod(world, workload, pod)),
        ),
      };
    case 'events':
      return {
        kind: 'Event',
        apiVersion: 'v1',
        items: world.events
          .filter(event => event.namespace === namespace && fits({}))
          .map(renderEvent),
      };
    case 'horizontalpodautoscalers':
      return {
        kind: 'HorizontalPodAutoscaler',
        apiVersion: 'autoscaling/v2',
        items: world.autoscalers
          .filter(one => one.namespace === namespace)
          .map(one => renderAutoscaler(world, one)),
      };
    case 'poddisruptionbudgets':
      return {
        kind: 'PodDisruptionBudget',
        apiVersion: 'policy/v1',
        items: world.budgets
          .filter(one => one.namespace === namespace)
          .map(one => renderBudget(world, one)),
      };
    default:
      return undefined;
  }
}
