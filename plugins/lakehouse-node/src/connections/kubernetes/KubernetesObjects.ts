import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';

/** @public */
export interface KubernetesCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  /** ISO time of the last change. */
  readonly at?: string;
}

/** A Deployment, StatefulSet or DaemonSet. @public */
export interface KubernetesWorkload {
  readonly namespace: string;
  readonly kind: Workload['kind'];
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Grows with each change of what is wanted. */
  readonly generation: number;
  /** The generation that the controller has seen; behind `generation` until it has. */
  readonly observedGeneration?: number;
  /** Selects its pods. */
  readonly podSelector: string;
  readonly paused: boolean;
  /** How pods are replaced: RollingUpdate, Recreate or OnDelete. */
  readonly strategy?: string;
  /** Replicas below the wanted ones while pods are replaced, as the spec words it: `25%`, `1`. */
  readonly maxUnavailable?: string;
  /** Partition of a StatefulSet's update: pods below it are not replaced. */
  readonly partition?: number;
  readonly replicas: {
    readonly wanted: number;
    /** All that are there, old ones included. */
    readonly current: number;
    readonly ready: number;
    readonly updated?: number;
    readonly available?: number;
  };
  /** Of a StatefulSet. */
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly conditions: readonly KubernetesCondition[];
  readonly images: readonly string[];
  /** When `kubectl rollout restart`, or we, asked last for new pods. */
  readonly restartedAt?: string;
}

/** @public */
export interface KubernetesContainer {
  readonly name: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message?: string };
  /** How it ended last: now, or before it was started again. */
  readonly lastTermination?: {
    readonly reason: string;
    readonly exitCode?: number;
    /** ISO time. */
    readonly at?: string;
  };
}

/** @public */
export interface KubernetesPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** What made it, for example `ReplicaSet/trino-worker-6d5f`. */
  readonly owner?: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly node?: string;
  readonly createdAt?: string;
  readonly startedAt?: string;
  /** It is being removed. */
  readonly deletedAt?: string;
  /** Which version of the pod template it is made from. */
  readonly revision?: string;
  /** The restart that its template carries. */
  readonly restartedAt?: string;
  readonly containers: readonly KubernetesContainer[];
  /** Why no node takes it. */
  readonly unschedulable?: string;
}

/** @public */
export interface KubernetesEvent {
  /** ISO times of the newest and the first occurrence. */
  readonly at: string;
  readonly firstAt?: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** What it is about: `Pod/trino-worker-0`. */
  readonly object: string;
  readonly objectUid?: string;
}

/** @public */
export interface KubernetesAutoscaler {
  readonly name: string;
  readonly targetKind: string;
  readonly targetName: string;
  readonly min: number;
  readonly max: number;
}

/** @public */
export interface KubernetesDisruptionBudget {
  readonly name: string;
  /** Selects the pods that it counts. */
  readonly podSelector: string;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
}
