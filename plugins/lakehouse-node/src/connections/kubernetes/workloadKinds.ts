import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';

/** The kinds of workloads that are known. @public */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
] as const satisfies ReadonlyArray<Workload['kind']>;

/** @public */
export function isWorkloadKind(text: string): text is Workload['kind'] {
  return WORKLOAD_KINDS.some(kind => kind === text);
}

/** The resource of a kind, as the API's paths and RBAC rules name it. @public */
export const RESOURCE_OF_KIND: Readonly<Record<Workload['kind'], string>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
};
