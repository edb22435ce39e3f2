/** Kinds of workloads that the world runs. */
export type WorkloadKind = 'Deployment' | 'StatefulSet';

/** What a pod is made from. */
export interface PodTemplate {
  image: string;
  annotations: Record<string, string>;
  memoryLimit: string;
}

export interface WorldWorkload {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly container: string;
  readonly createdMs: number;
  annotations: Record<string, string>;
  resourceVersion: number;
  generation: number;
  observedGeneration: number;
  replicas: number;
  paused: boolean;
  template: PodTemplate;
  /** Grows when the template changes. */
  revision: number;
  /** When the template's newest revision was made. */
  revisedMs: number;
  /** When a pod of the newest revision became ready last. */
  progressedMs: number;
}

export interface WorldPod {
  readonly workload: string;
  readonly name: string;
  readonly uid: string;
  readonly revision: number;
  readonly template: PodTemplate;
  readonly createdMs: number;
  readonly node: string;
  readonly ip: string;
  resourceVersion: number;
  readyAtMs: number;
  /** Its image can't be had: it never starts. */
  readonly broken: boolean;
  restarts: number;
  termination?: { reason: string; exitCode: number; atMs: number };
  startedMs: number;
  /** It is gone then. */
  goneAtMs?: number;
}

export interface WorldEvent {
  readonly name: string;
  readonly uid: string;
  readonly namespace: string;
  readonly object: { kind: string; name: string; uid: string };
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly firstMs: number;
  resourceVersion: number;
  lastMs: number;
  count: number;
}

export interface WorldAutoscaler {
  readonly namespace: string;
  readonly name: string;
  readonly targetKind: WorkloadKind;
  readonly targetName: string;
  readonly min: number;
  readonly max: number;
}

export interface WorldBudget {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly minAvailable: number;
}

/** Names a workload in the world: `namespace/Kind/name`. */
export function workloadKey(
  namespace: string,
  kind: string,
  name: string,
): string {
  return `${namespace}/${kind}/${name}`;
}
