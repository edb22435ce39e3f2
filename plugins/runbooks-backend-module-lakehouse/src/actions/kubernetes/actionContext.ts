import type {
  KubernetesConnection,
  SystemConnections,
  TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** What the Kubernetes actions work with. */
export interface KubernetesActionOptions {
  readonly connections: SystemConnections<KubernetesConnection>;
  /** Told after an action may have changed a workload. Never fails. */
  readonly connectionChanged: (connectionId: string) => void;
  /** To tell which queries run on a workload. */
  readonly trino?: TrinoConnections;
  /** How often a rollout is looked at; every 2 seconds unless told. */
  readonly pollMs?: number;
}

/** The system in the target of every Kubernetes action. */
export const KUBERNETES_SYSTEM = 'kubernetes';

export const DEFAULT_POLL_MS = 2000;
