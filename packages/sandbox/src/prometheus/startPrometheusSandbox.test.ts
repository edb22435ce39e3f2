import {
  type PrometheusSandbox,
  startPrometheusSandbox,
} from './startPrometheusSandbox';

describe('startPrometheusSandbox', () => {
  let nowMs: number;
  let sandbox: PrometheusSandbox;

  beforeEach(async () => {
    nowMs = Date.parse('2026-11-21T10:00:07.000Z');
    sandbox = await startPrometheusSandbox({ now: () => new Date(nowMs) });
  });

  afterEach(() => sandbox.close());

  const get = async (path: string) => {
    const answer = await fetch(`${sandbox.url}${path}`);
    return { status: answer.status, body: await answer.json() };
  };
  const workerAlerts = async () => {
    const { body } = await get('/api/v1/alerts');
    return body.data.alerts.filter(
      (one: { labels: { alertname: string } }) =>
        one.labels.alertname === 'TrinoWorkerDown',
    );
  };

  it('fires an alert while its gauge says so, and tells one beginning', async () => {
    const gauge = 'trino_metadata_name_DiscoveryNodeManager_InactiveNodeCount';
    const labels = {
      job: 'trino',
      instance: 'trino-coordinator:8080',
      cluster: 'analytics',
    };
    expect(await workerAlerts()).toEqual([]);
    sandbox.world.setGauge(gauge, labels, 1);
    const [first] = await workerAlerts();
    expect(first).toMatchObject({
      state: 'firing',
      labels: { severity: 'critical', cluster: 'analytics' },
      value: '1e+00',
    });
    nowMs += 40_000;
    const [later] = await workerAlerts();
    expect(later.activeAt).toBe(first.activeAt);
    sandbox.world.setGauge(gauge, labels, 0);
    expect(await workerAlerts()).toEqual([]);
  });

  it('refuses in the words of Prometheus', async () => {
    expect(await get('/api/v1/query?query=up%7B')).toEqual({
      status: 400,
      body: {
        status: 'error',
        errorType: 'bad_data',
        error: expect.stringContaining('invalid parameter "query"'),
      },
    });
    expect(
      (await get('/api/v1/query_range?query=up&start=0&end=99999&step=1'))
        .status,
    ).toBe(400);
  });

  it('fails as it is told to', async () => {
    sandbox.setFault('/api/v1/alerts', { status: 503, body: '{}' });
    expect((await get('/api/v1/alerts')).status).toBe(503);
    sandbox.setFault('/api/v1/alerts');
    expect((await get('/api/v1/alerts')).status).toBe(200);
  });
});
