import {
  KUBERNETES_SANDBOX_TOKENS,
  SANDBOX_NAMESPACE,
  startKubernetesSandbox,
} from '@lakehouse-ops/sandbox';
import { kubernetesConnectionContract } from '../../testing/kubernetes';
import { createTestKubernetesConfig } from '../../testing/kubernetes/createTestKubernetesConfig';
import { DefaultKubernetesConnection } from './DefaultKubernetesConnection';

kubernetesConnectionContract({
  name: 'the sandbox',
  expect: { hasControllers: true, runsPods: true },
  open: async () => {
    const { url, close } = await startKubernetesSandbox({ speed: 20 });
    return {
      open: (user, overrides) =>
        DefaultKubernetesConnection.create({
          config: createTestKubernetesConfig({
            auth: {
              type: 'token',
              url,
              token: KUBERNETES_SANDBOX_TOKENS[user],
              tls: {},
            },
            ...overrides,
          }),
        }),
      url,
      tls: {},
      namespace: SANDBOX_NAMESPACE,
      deniedNamespace: 'kube-system',
      deployment: 'trino-coordinator',
      statefulSet: 'trino-worker',
      selector: 'app.kubernetes.io/name=trino',
      close,
    };
  },
});
