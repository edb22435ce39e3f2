import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SystemConnection } from '../shared/SystemConnection';
import type { KubernetesWorkloadSelection } from './config/KubernetesConnectionConfig';
import type {
  KubernetesAutoscaler,
  KubernetesDisruptionBudget,
  KubernetesEvent,
  KubernetesPod,
  KubernetesWorkload,
} from './KubernetesObjects';

/** Which workload. @public */
export interface KubernetesWorkloadRef {
  readonly namespace: string;
  readonly kind: Workload['kind'];
  readonly name: string;
}

/** How a list is asked for. @public */
export interface KubernetesListOptions {
  readonly namespace: string;
  /** A label selector, as kubectl's `-l` takes it; all objects unless told. */
  readonly selector?: string;
  readonly signal?: AbortSignal;
}

/** A list, and whether more was there than is kept. @public */
export interface KubernetesList<T> {
  readonly items: readonly T[];
  readonly truncated: boolean;
}

/** How a workload is changed. @public */
export interface KubernetesChangeOptions {
  /** Refused with a ConflictError when the workload is not this version of itself any more. */
  readonly resourceVersion: string;
  /** The API server checks and answers all, and changes nothing. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * One connection to a Kubernetes API server.
 *
 * All calls throw ConnectionUnavailableError, ConnectionDeniedError (with the rule
 * that grants the right), ConnectionLimitError and ConnectionAbortedError.
 *
 * @public
 */
export interface KubernetesConnection extends SystemConnection {
  readonly system: 'kubernetes';
  /** The workloads of the config. */
  readonly workloads: readonly KubernetesWorkloadSelection[];

  /** From the API server's cache, so that it is spared: what is told may be a moment old. */
  listWorkloads(
    kind: KubernetesWorkloadRef['kind'],
    options: KubernetesListOptions,
  ): Promise<KubernetesWorkload[]>;
  /** From the API server's cache. */
  listPods(options: KubernetesListOptions): Promise<KubernetesPod[]>;
  /** From the API server's cache, in no order. */
  listEvents(
    options: KubernetesListOptions,
  ): Promise<KubernetesList<KubernetesEvent>>;
  /** Autoscalers that set the replicas of workloads. */
  listAutoscalers(
    options: KubernetesListOptions,
  ): Promise<KubernetesAutoscaler[]>;
  listDisruptionBudgets(
    options: KubernetesListOptions,
  ): Promise<KubernetesDisruptionBudget[]>;

  /**
   * As it is now.
   *
   * @throws NotFoundError when it is not there
   */
  getWorkload(
    ref: KubernetesWorkloadRef,
    options?: { signal?: AbortSignal },
  ): Promise<KubernetesWorkload>;
  /** Pods of a workload, as they are now. */
  podsOf(
    workload: KubernetesWorkload,
    options?: { signal?: AbortSignal },
  ): Promise<KubernetesPod[]>;

  /**
   * Replaces all pods by the workload's own strategy, as `kubectl rollout restart` does:
   * by an annotation of the pod template.
   *
   * @param options - `restartedAt`: the annotation's value, by which the rollout is known again
   * @throws ConflictError when the workload has changed; NotFoundError when it is gone
   */
  restart(
    ref: KubernetesWorkloadRef,
    options: KubernetesChangeOptions & { restartedAt: string },
  ): Promise<KubernetesWorkload>;
  /**
   * Sets the replicas by the `scale` subresource.
   *
   * @throws ConflictError when the workload has changed; NotFoundError when it is gone;
   * InputError for kinds that have no replicas of their own
   */
  scale(
    ref: KubernetesWorkloadRef,
    options: KubernetesChangeOptions & { replicas: number },
  ): Promise<{ readonly replicas: number }>;
}
