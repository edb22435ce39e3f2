import type { KubernetesWorkloadRef } from '../KubernetesConnection';
import { RESOURCE_OF_KIND } from '../workloadKinds';

/** A kind of objects, where it stands in the API. */
export interface KubernetesResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

export const PODS: KubernetesResource = {
  group: '',
  version: 'v1',
  resource: 'pods',
};

export const EVENTS: KubernetesResource = {
  group: '',
  version: 'v1',
  resource: 'events',
};

export const AUTOSCALERS: KubernetesResource = {
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
};

export const DISRUPTION_BUDGETS: KubernetesResource = {
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
};

export function workloadsOf(
  kind: KubernetesWorkloadRef['kind'],
): KubernetesResource {
  return { group: 'apps', version: 'v1', resource: RESOURCE_OF_KIND[kind] };
}

/** Path of a list in a namespace. */
export function listPath(
  { group, version, resource }: KubernetesResource,
  namespace: string,
): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}

/** Path of a workload. */
export function workloadPath(ref: KubernetesWorkloadRef): string {
  return `${listPath(
    workloadsOf(ref.kind),
    ref.namespace,
  )}/${encodeURIComponent(ref.name)}`;
}
