import type { JsonObject } from '@backstage/types';
import {
  type KubernetesSandbox,
  type RedisSandbox,
  type Sandbox,
  SANDBOX_NAMESPACE,
  type SupersetSandbox,
} from '@lakehouse-ops/sandbox';

const APP = 'app.kubernetes.io/name';

/** Config for the simulated systems that run: `analytics`, `cache`, `bi` and `prod`. */
export function sandboxConfig(systems: {
  trino?: Sandbox;
  redis?: RedisSandbox;
  superset?: SupersetSandbox;
  kubernetes?: KubernetesSandbox;
}): JsonObject {
  const { trino, redis, superset, kubernetes } = systems;
  const workloads = [
    ...(trino
      ? [
          {
            of: 'analytics',
            namespace: SANDBOX_NAMESPACE,
            selector: `${APP}=trino`,
            scale: { min: 1, max: 8 },
          },
        ]
      : []),
    ...(superset
      ? [
          {
            of: 'bi',
            namespace: SANDBOX_NAMESPACE,
            selector: `${APP}=superset`,
          },
        ]
      : []),
  ];
  const connections = (connection: JsonObject) => ({
    connections: [connection],
  });
  return {
    // Walks may take longer than a run is usually held without a sign of life.
    runbooks: { lease: { minutes: 5 } },
    lakehouse: {
      ...(trino && {
        trino: connections({
          id: 'analytics',
          url: trino.trinoUrl,
          user: 'lakehouse-ops',
        }),
      }),
      ...(redis && { redis: connections({ id: 'cache', url: redis.url }) }),
      ...(superset && {
        superset: connections({
          id: 'bi',
          url: superset.url,
          auth: { user: 'admin', password: 'admin' },
        }),
      }),
      ...(kubernetes && {
        kubernetes: connections({
          id: 'prod',
          url: kubernetes.url,
          auth: { type: 'token', token: 'sandbox-operator' },
          workloads,
        }),
      }),
    },
  };
}
