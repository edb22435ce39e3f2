import type {
  CacheView,
  DashboardsView,
  GatewayView,
  MetricsView,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  KUBERNETES_SANDBOX_TOKENS,
  SANDBOX_NAMESPACE,
  startGatewaySandbox,
  startKubernetesSandbox,
  startPrometheusSandbox,
  startRedisSandbox,
  startSandbox,
  startSupersetSandbox,
} from '@lakehouse-ops/sandbox';
import request from 'supertest';
import {
  asUser,
  startLakehouseBackend,
} from './__testUtils__/startLakehouseBackend';

jest.setTimeout(180_000);

/** Servers of the sandbox, each on a port of its own. */
async function startServers() {
  const trino = await startSandbox();
  return {
    trino,
    redis: await startRedisSandbox({ port: 0, workload: true }),
    superset: await startSupersetSandbox({ port: 0 }),
    kubernetes: await startKubernetesSandbox({ port: 0 }),
    prometheus: await startPrometheusSandbox({ port: 0 }),
    gateway: await startGatewaySandbox({
      port: 0,
      backends: [
        { name: 'analytics', routingGroup: 'adhoc', url: trino.trinoUrl },
      ],
    }),
  };
}

describe('all systems of the sandbox', () => {
  let servers: Awaited<ReturnType<typeof startServers>>;
  let backend: Awaited<ReturnType<typeof startLakehouseBackend>>;

  beforeAll(async () => {
    servers = await startServers();
    backend = await startLakehouseBackend({
      config: {
        data: {
          lakehouse: {
            redis: { connections: [{ id: 'cache', url: servers.redis.url }] },
            superset: {
              connections: [
                {
                  id: 'bi',
                  url: servers.superset.url,
                  auth: { user: 'alpha', password: 'alpha' },
                },
              ],
            },
            kubernetes: {
              connections: [
                {
                  id: 'k8s',
                  url: servers.kubernetes.url,
                  auth: {
                    type: 'token',
                    token: KUBERNETES_SANDBOX_TOKENS.operator,
                  },
                  workloads: [{ namespace: SANDBOX_NAMESPACE }],
                },
              ],
            },
            prometheus: {
              connections: [{ id: 'metrics', url: servers.prometheus.url }],
            },
            trinoGateway: {
              connections: [
                { id: 'gw', url: servers.gateway.url, monitorType: 'METRICS' },
              ],
            },
          },
        },
      },
    });
    // Two rounds: what is counted is told as a difference.
    await collect();
    await collect();
  });

  afterAll(async () => {
    await backend.stop();
    await Promise.all(Object.values(servers).map(server => server.close()));
  });

  async function collect() {
    for (const [task] of backend.scheduler.scheduleTask.mock.calls) {
      if (/^lakehouse-collect-(?!trino)/.test(task.id)) {
        await task.fn(new AbortController().signal);
      }
    }
  }

  async function get<T>(path: string): Promise<T> {
    const { status, body } = await request(backend.server)
      .get(`/api/lakehouse${path}`)
      .set(asUser);
    expect({ status, error: body.error }).toEqual({ status: 200 });
    return body;
  }

  it('shows the cache with what only two looks can tell', async () => {
    const view = await get<CacheView>('/redis/cache');
    expect(view.latest?.memory?.usedBytes).toBeGreaterThan(0);
    expect(view.latest?.activity?.windowSeconds).toBeGreaterThan(0);
    expect(view.series.at(-1)).toEqual(view.latest);
    expect(view.nodes?.[0]).toMatchObject({ role: 'primary' });
    expect(view.prefixes.length).toBeGreaterThan(0);
    expect(view.prefixes[0].keyspace?.keys).toBeGreaterThan(0);
    expect(view.gaps).toEqual([]);
  });

  it('shows dashboards and alerts', async () => {
    const view = await get<DashboardsView>('/superset/bi');
    expect(view.alerts.length).toBeGreaterThan(0);
    expect(view.dashboards[0].charts.length).toBeGreaterThan(0);
    const active = view.alerts.filter(one => one.active);
    expect(active.length).toBeGreaterThan(0);
    for (const { nextRunAt } of active) {
      expect(Date.parse(nextRunAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    }
    const [alert] = view.alerts;
    expect(await get(`/superset/bi/alerts/${alert.id}`)).toMatchObject({
      id: alert.id,
      runs: expect.any(Array),
    });
  });

  it('shows workloads, chosen by label', async () => {
    const all = await get<WorkloadsView>('/kubernetes/k8s/workloads');
    expect(all.workloads.length).toBeGreaterThan(1);
    const [{ labels = {}, name }] = all.workloads;
    const [[key, value]] = Object.entries(labels);
    const chosen = await get<WorkloadsView>(
      `/kubernetes/k8s/workloads?selector=${encodeURIComponent(
        `${key}=${value}`,
      )}`,
    );
    expect(chosen.workloads.map(one => one.name)).toContain(name);
    expect(chosen.workloads.length).toBeLessThan(all.workloads.length);
    expect(chosen.series).toHaveLength(chosen.workloads.length);
  });

  it('shows metrics and the gateway', async () => {
    const metrics = await get<MetricsView>('/prometheus/metrics');
    expect(metrics.targets.length).toBeGreaterThan(0);
    const gateway = await get<GatewayView>('/trino-gateway/gw');
    expect(gateway.backends).toEqual([
      expect.objectContaining({ name: 'analytics', active: true }),
    ]);
  });

  it('lists every connection as it is', async () => {
    const { items } = await get<{
      items: Array<{ id: string; status: string }>;
    }>('/connections');
    expect(Object.fromEntries(items.map(one => [one.id, one.status]))).toEqual({
      analytics: 'connected',
      cache: 'connected',
      bi: 'connected',
      k8s: 'connected',
      metrics: 'connected',
      gw: 'connected',
    });
  });

  it('keeps what it knew of a system that went away, and tells why', async () => {
    const before = await get<MetricsView>('/prometheus/metrics');
    await servers.prometheus.close();
    await collect();
    const after = await get<MetricsView>('/prometheus/metrics');
    expect(after.targets).toEqual(before.targets);
    expect(after.observedAt).toBe(before.observedAt);
    expect(after.gaps).toContainEqual(
      expect.objectContaining({ code: 'unreachable' }),
    );
  });
});
