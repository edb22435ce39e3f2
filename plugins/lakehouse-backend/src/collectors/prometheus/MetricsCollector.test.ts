import type { MetricsAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  ConnectionUnavailableError,
  type MetricsTarget,
  type PrometheusConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { MetricsCollector } from './MetricsCollector';

const AT = '2026-11-21T10:00:00.000Z';

const alert = (
  name: string,
  overrides: Partial<MetricsAlert> = {},
): MetricsAlert => ({
  connection: 'metrics',
  name,
  state: 'firing',
  labels: { alertname: name, instance: 'trino:8080' },
  activeAt: '2026-11-21T09:50:00.000Z',
  ...overrides,
});

const target: MetricsTarget = { job: 'trino', instance: 'a', health: 'up' };

function setUp() {
  const alerts = jest.fn(async (): Promise<MetricsAlert[]> => []);
  const targets = jest.fn(
    async (): Promise<MetricsTarget[] | undefined> => [target],
  );
  const unasked = () => Promise.reject(new Error('Not asked here'));
  const connection: PrometheusConnection = {
    id: 'metrics',
    title: 'Metrics',
    system: 'prometheus',
    alerts,
    targets,
    query: unasked,
    queryRange: unasked,
    capabilities: unasked,
    status: () => ({ available: true }),
    close: async () => {},
  };
  const latest = jest.fn<ReturnType<ObservationStore['metrics']['latest']>, []>(
    async () => undefined,
  );
  const collector = MetricsCollector.create({
    connection,
    store: { metrics: { latest } },
    config: { maxAlerts: 2, maxTargets: 2 },
    now: () => Date.parse(AT),
  });
  return { collector, alerts, targets, latest };
}

describe('MetricsCollector', () => {
  it('tells alerts, targets, and what began to fire', async () => {
    const { collector, alerts } = setUp();
    const firing = alert('TrinoWorkerDown', {
      severity: 'Critical',
      summary: 'A worker is gone.',
      of: 'analytics',
    });
    const pending = alert('Later', { state: 'pending' });
    alerts.mockResolvedValue([pending, firing]);
    const told = await collect(collector);
    expect(ofType(told, 'MetricsObserved')).toEqual([
      {
        type: 'MetricsObserved',
        connection: 'metrics',
        at: AT,
        alerts: [firing, pending],
        targets: [target],
      },
    ]);
    expect(ofType(told, 'TimelineObserved').map(one => one.event)).toEqual([
      {
        id: expect.stringMatching(
          /^alert-fired\/[0-9a-f]{16}\/2026-11-21T09:50:00.000Z$/,
        ),
        connection: 'metrics',
        kind: 'alert-fired',
        at: '2026-11-21T09:50:00.000Z',
        severity: 'critical',
        title: 'TrinoWorkerDown (analytics): A worker is gone.',
        subject: 'TrinoWorkerDown',
      },
    ]);
  });

  it('ends the event of an alert that ceased, and tells a running one once', async () => {
    const { collector, alerts, latest } = setUp();
    const [stays, ends] = [alert('Stays'), alert('Ends')];
    alerts.mockResolvedValue([stays, ends]);
    const begun = ofType(await collect(collector), 'TimelineObserved');
    latest.mockResolvedValue({ at: AT, alerts: [stays, ends] });
    expect(ofType(await collect(collector), 'TimelineObserved')).toEqual([]);
    alerts.mockResolvedValue([stays]);
    expect(
      ofType(await collect(collector), 'TimelineObserved').map(
        one => one.event,
      ),
    ).toEqual([{ ...begun[1].event, until: AT }]);
  });

  it('takes an alert that fires anew for another event', async () => {
    const { collector, alerts, latest } = setUp();
    latest.mockResolvedValue({ at: AT, alerts: [alert('A')] });
    alerts.mockResolvedValue([
      alert('A', { activeAt: '2026-11-21T09:59:00.000Z' }),
    ]);
    const events = ofType(await collect(collector), 'TimelineObserved').map(
      one => one.event,
    );
    expect(events.map(({ at, until }) => [at, until])).toEqual([
      ['2026-11-21T09:59:00.000Z', undefined],
      ['2026-11-21T09:50:00.000Z', AT],
    ]);
  });

  it('keeps what fires first, and says what is left out', async () => {
    const { collector, alerts, targets } = setUp();
    alerts.mockResolvedValue([
      alert('A', { state: 'pending' }),
      alert('B'),
      alert('C'),
    ]);
    targets.mockResolvedValue([target, target, target]);
    const told = await collect(collector);
    const [observed] = ofType(told, 'MetricsObserved');
    expect(observed.alerts.map(({ name }) => name)).toEqual(['B', 'C']);
    expect(observed.targets).toHaveLength(2);
    expect(
      ofType(told, 'GapOpened').map(({ gap }) => [gap.subject, gap.code]),
    ).toEqual([
      ['metrics.alerts', 'limit'],
      ['metrics.targets', 'limit'],
    ]);
  });

  it('has a gap for targets where the server has none, and alerts all the same', async () => {
    const { collector, targets } = setUp();
    targets.mockResolvedValue(undefined);
    const told = await collect(collector);
    expect(ofType(told, 'MetricsObserved')[0].targets).toBeUndefined();
    expect(ofType(told, 'GapOpened')[0].gap).toMatchObject({
      subject: 'metrics.targets',
      code: 'not-found',
    });
  });

  it('does not say that nothing fires when the alerts can not be read', async () => {
    const { collector, alerts } = setUp();
    alerts.mockRejectedValue(
      new ConnectionUnavailableError('Prometheus', {
        connection: 'metrics',
        kind: 'server-error',
        reason: '503 on GET /api/v1/alerts',
        remedy: 'look into its log',
      }),
    );
    const told = await collect(collector);
    expect(ofType(told, 'MetricsObserved')).toEqual([]);
    expect(ofType(told, 'GapOpened')[0].gap).toMatchObject({
      subject: 'metrics.alerts',
      code: 'server-error',
      reason: '503 on GET /api/v1/alerts',
    });
  });
});
