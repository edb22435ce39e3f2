import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TlsConfig } from '../../http/TlsDispatcher';

/** How a connection reaches its API server, and as whom. @public */
export type KubernetesAuthConfig =
  /** A context of a kubeconfig file, the current one unless told. */
  | {
      readonly type: 'kubeconfig';
      readonly file: string;
      readonly context?: string;
    }
  /** The service account of the pod that Backstage runs in. */
  | { readonly type: 'in-cluster' }
  /** A token at an address, with the CA in `tls`. */
  | {
      readonly type: 'token';
      readonly url: string;
      readonly token?: string;
      readonly tokenFile?: string;
      readonly tls: TlsConfig;
    }
  /** A cluster of Backstage's own Kubernetes plugin. */
  | {
      readonly type: 'backstage';
      readonly cluster: string;
      readonly url: string;
      readonly token: string;
      /** PEM in base64, as that plugin takes it. */
      readonly caData?: string;
      readonly caFile?: string;
      readonly skipTlsVerify: boolean;
    };

/** Workloads that are looked at. @public */
export interface KubernetesWorkloadSelection {
  /** The connection of the system that they run. */
  readonly of?: string;
  readonly namespace: string;
  /** A label selector, as kubectl's `-l` takes it; all workloads of the namespace unless told. */
  readonly selector?: string;
  readonly kinds: ReadonlyArray<Workload['kind']>;
  /** Between which numbers of replicas they may be scaled; not at all unless told. */
  readonly scale?: { readonly min: number; readonly max: number };
}

/** One entry of `lakehouse.kubernetes.connections`. @public */
export interface KubernetesConnectionConfig {
  readonly id: string;
  readonly title: string;
  readonly uiUrl?: string;
  readonly auth: KubernetesAuthConfig;
  readonly workloads: readonly KubernetesWorkloadSelection[];
  readonly requestTimeoutMs: number;
  readonly maxResponseBytes: number;
  /** Objects asked for at a time. */
  readonly pageSize: number;
  /** Objects of one list, of all pages together. */
  readonly maxItems: number;
  readonly capabilitiesTtlMs: number;
  readonly breaker: {
    readonly failures: number;
    readonly reopenAfterMs: number;
  };
}
