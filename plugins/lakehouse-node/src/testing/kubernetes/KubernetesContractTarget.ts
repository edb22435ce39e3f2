import type {
  KubernetesConnection,
  KubernetesConnectionConfig,
} from '../../connections/kubernetes';
import type { TlsConfig } from '../../connections/http/TlsDispatcher';

/**
 * Whom a contract acts as. Both may list and get workloads, pods, events, autoscalers
 * and disruption budgets in the namespace; `operator` may patch workloads and their
 * scale besides. Neither may do anything in the denied namespace.
 *
 * @public
 */
export type KubernetesContractUser = 'operator' | 'viewer';

/** One API server that is to keep the contract. @public */
export interface KubernetesContractTarget {
  /** The caller closes what it opens. */
  open(
    user: KubernetesContractUser,
    overrides?: Partial<KubernetesConnectionConfig>,
  ): KubernetesConnection;
  /** The API server's address, and what it is trusted by. */
  readonly url: string;
  readonly tls: TlsConfig;
  /** The namespace of the workloads, and one where nobody may do anything. */
  readonly namespace: string;
  readonly deniedNamespace: string;
  /** A Deployment of one replica, and a StatefulSet of three. */
  readonly deployment: string;
  readonly statefulSet: string;
  /** Selects those two and nothing else. */
  readonly selector: string;
  close(): Promise<void>;
}
