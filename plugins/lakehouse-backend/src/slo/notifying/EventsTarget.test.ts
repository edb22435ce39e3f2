import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { beginFiring, resolve } from '../__testUtils__/alertChanges';
import { onEachSloDatabase } from '../__testUtils__/onEachSloDatabase';
import { createSloAlerting } from './createSloAlerting';

jest.setTimeout(60_000);

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const MINUTE = 60_000;

onEachSloDatabase('Events of alerts', knex => {
  function rig(config: object = {}) {
    const published: EventParams[] = [];
    const sent: NotificationSendOptions[] = [];
    let fails = 0;
    const alerting = createSloAlerting({
      db: knex(),
      config: mockServices.rootConfig({
        data: { app: { baseUrl: 'https://app.example.com' }, ...config },
      }),
      notifications: { send: async message => void sent.push(message) },
      events: {
        publish: async event => {
          if (fails > 0) {
            fails -= 1;
            throw new Error('no bus');
          }
          published.push(event);
        },
      },
      logger: mockServices.logger.mock(),
    });
    return {
      ...alerting,
      published,
      sent,
      fail: (times: number) => {
        fails = times;
      },
      run: (nowMs: number) =>
        alerting.delivery.run({ nowMs, signal: new AbortController().signal }),
    };
  }

  it('tell of the beginning and the end, whomever the policy names', async () => {
    const { register, run, published, alertLog } = rig();
    await register.apply(
      [
        beginFiring({
          subject: {
            indicator: 'cache-hit-ratio',
            targets: ['owner'],
            whenBreaching: false,
            whenResolved: false,
          },
        }),
      ],
      NOW,
    );
    await run(NOW);
    await run(NOW + MINUTE);
    const [alert] = await register.open();
    expect(published).toEqual([
      {
        topic: 'lakehouse.slo.alert',
        eventPayload: {
          alertId: alert.id,
          state: 'fired',
          at: '2026-11-21T12:00:00.000Z',
          slo: { id: 'a', name: 'latency' },
          indicator: 'cache-hit-ratio',
          entityRef: 'component:default/personal-api',
          condition: 'fast-burn',
          severity: 'page',
        },
      },
    ]);
    await register.apply([resolve(alert)], NOW + 2 * MINUTE);
    await run(NOW + 2 * MINUTE);
    expect(published[1]).toMatchObject({
      eventPayload: { alertId: alert.id, state: 'resolved' },
    });
    const [listed] = (await alertLog.alerts(['a'])).get('a') ?? [];
    expect(listed.deliveries).toEqual([]);
  });

  it('are tried again when they could not be published', async () => {
    const { register, run, published, fail } = rig();
    fail(1);
    await register.apply([beginFiring({ subject: { targets: [] } })], NOW);
    await run(NOW);
    expect(published).toEqual([]);
    await run(NOW + MINUTE);
    expect(published).toHaveLength(1);
  });

  it('have people find the runbooks that fit, where there are runbooks', async () => {
    const subject = { targets: ['owner'], indicator: 'query-latency' } as const;
    const { register, run, sent } = rig({ runbooks: {} });
    await register.apply([beginFiring({ subject })], NOW);
    await run(NOW);
    expect(sent[0].payload.description).toContain(
      'Runbooks that fit: https://app.example.com/runbooks/catalogue?slo=latency&indicator=query-latency&entityRef=component%3Adefault%2Fpersonal-api',
    );
    const [alert] = await register.open();
    await register.apply([resolve(alert)], NOW + MINUTE);
    const without = rig();
    await without.run(NOW + MINUTE);
    expect(without.sent).toHaveLength(1);
    expect(without.sent[0].payload.description).not.toContain(
      'Runbooks that fit',
    );
  });
});
