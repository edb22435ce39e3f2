import type { Gap } from './gap';
import type { ExternalLink } from './link';

/** @public */
export interface WorkloadEvent {
  /** ISO time of the newest occurrence. */
  readonly at: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** `Pod/trino-worker-0` */
  readonly object: string;
}

/** @public */
export interface WorkloadPod {
  readonly name: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly node?: string;
  readonly startedAt?: string;
  readonly restarts: number;
  /** Why a container ended last, for example OOMKilled. */
  readonly lastTermination?: {
    readonly container: string;
    readonly reason: string;
    readonly exitCode?: number;
    readonly at?: string;
  };
  /** Why it waits, for example ImagePullBackOff or Unschedulable. */
  readonly waiting?: string;
}

/** A Deployment, StatefulSet or DaemonSet behind a cluster or another system. @public */
export interface Workload {
  /** The Kubernetes connection. */
  readonly connection: string;
  readonly namespace: string;
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name: string;
  /** Of the workload itself; by them a label selector chooses. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The connection of the system that runs on it, as told in config. */
  readonly of?: string;
  readonly observedAt: string;
  readonly replicas: {
    readonly wanted: number;
    readonly ready: number;
    readonly updated?: number;
    readonly available?: number;
  };
  readonly rollout: 'complete' | 'progressing' | 'stuck' | 'paused' | 'unknown';
  readonly rolloutMessage?: string;
  readonly restarts: number;
  readonly oomKills: number;
  readonly pending: number;
  readonly images: readonly string[];
  readonly scalable?: { readonly min: number; readonly max: number };
  readonly pods: readonly WorkloadPod[];
  /** Newest first, at most 50. */
  readonly events: readonly WorkloadEvent[];
  /** To where more is known of it, from `lakehouse.links` of the config. */
  readonly links?: readonly ExternalLink[];
}

/** @public */
export interface WorkloadsView {
  readonly connection: string;
  readonly title: string;
  readonly version?: string;
  readonly observedAt?: string;
  readonly staleAfterSeconds: number;
  /** Worst first. */
  readonly workloads: readonly Workload[];
  /** Replicas over time per workload (`namespace/kind/name`), oldest first, at most 300 points each. */
  readonly series: ReadonlyArray<{
    readonly workload: string;
    readonly points: ReadonlyArray<{
      readonly at: string;
      readonly wanted: number;
      readonly ready: number;
      readonly restarts: number;
    }>;
  }>;
  readonly gaps: readonly Gap[];
}
