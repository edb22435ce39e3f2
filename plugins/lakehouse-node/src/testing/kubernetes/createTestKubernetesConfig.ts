import type { KubernetesConnectionConfig } from '../../connections/kubernetes';

/** The config of a connection, with bounds that suit tests. */
export function createTestKubernetesConfig(
  overrides: Partial<KubernetesConnectionConfig> = {},
): KubernetesConnectionConfig {
  return {
    id: 'prod',
    title: 'Production',
    auth: { type: 'token', url: 'http://127.0.0.1:1', token: 'x', tls: {} },
    workloads: [
      {
        namespace: 'lakehouse',
        kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
        scale: { min: 1, max: 5 },
      },
    ],
    requestTimeoutMs: 15_000,
    maxResponseBytes: 16 * 1024 * 1024,
    pageSize: 250,
    maxItems: 2000,
    capabilitiesTtlMs: 600_000,
    breaker: { failures: 5, reopenAfterMs: 1000 },
    ...overrides,
  };
}
