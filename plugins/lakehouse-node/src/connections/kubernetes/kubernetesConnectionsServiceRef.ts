import { createConnectionsServiceRef } from '../shared/createConnectionsServiceRef';
import {
  KUBERNETES_CONFIG_KEY,
  readKubernetesConnectionsConfig,
} from './config/readKubernetesConnectionsConfig';
import { DefaultKubernetesConnection } from './DefaultKubernetesConnection';
import type { KubernetesConnection } from './KubernetesConnection';

/**
 * The Kubernetes connections of the config, one set for all plugins of a backend.
 *
 * @public
 */
export const kubernetesConnectionsServiceRef =
  createConnectionsServiceRef<KubernetesConnection>({
    id: 'lakehouse.kubernetes-connections',
    system: 'Kubernetes',
    configKey: KUBERNETES_CONFIG_KEY,
    fromConfig: config =>
      readKubernetesConnectionsConfig(config).map(one =>
        DefaultKubernetesConnection.create({ config: one }),
      ),
  });
