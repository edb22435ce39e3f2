import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  alertSubject,
  beginFiring,
  resolve,
} from '../__testUtils__/alertChanges';
import { onEachSloDatabase } from '../__testUtils__/onEachSloDatabase';
import {
  startReceiver,
  type ReceivedMessage,
} from '../__testUtils__/startReceiver';
import { AlertRegister } from '../alerts/AlertRegister';
import { DatabaseSloAlertLog } from '../alerts/DatabaseSloAlertLog';
import { AlertDelivery } from './AlertDelivery';
import { AlertmanagerTarget } from './AlertmanagerTarget';
import type { AlertTarget } from './AlertMessage';
import { EVENTS_TARGET } from './EventsTarget';
import { Outbox } from './Outbox';
import { WebhookTarget } from './WebhookTarget';

jest.setTimeout(60_000);

const SECRET = 'a secret of more than sixteen characters';
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const appUrl = 'https://app.example.com/';

/** What a receiver does to know that a message is ours and new, as the docs have it. */
function isGenuine({ headers, body }: ReceivedMessage): boolean {
  const timestamp = String(headers['x-lakehouse-timestamp']);
  const expected = Buffer.from(
    `sha256=${createHmac('sha256', SECRET)
      .update(`${timestamp}.${body}`)
      .digest('hex')}`,
  );
  const given = Buffer.from(String(headers['x-lakehouse-signature']));
  const isNew = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return (
    isNew &&
    given.length === expected.length &&
    timingSafeEqual(given, expected)
  );
}

onEachSloDatabase('AlertDelivery', knex => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  function rig(targets: Record<string, AlertTarget> = {}) {
    const register = AlertRegister.create({ db: knex() });
    const outbox = Outbox.create({ db: knex() });
    const logger = mockServices.logger.mock();
    const delivery = AlertDelivery.create({
      outbox,
      register,
      targets: new Map<string, AlertTarget>([
        [
          'hook',
          WebhookTarget.create({
            url: `${receiver.url}/hook?key=1`,
            secret: SECRET,
            appUrl,
          }),
        ],
        ...Object.entries(targets),
      ]),
      logger,
      attemptMs: 500,
    });
    const log = DatabaseSloAlertLog.create({ db: knex(), now: () => NOW });
    return {
      register,
      outbox,
      logger,
      log,
      run: (nowMs: number) =>
        delivery.run({ nowMs, signal: new AbortController().signal }),
      deliveries: async (sloId = 'a') =>
        (await log.alerts([sloId])).get(sloId)?.[0]?.deliveries,
    };
  }

  it('posts a signed message, once', async () => {
    const { register, run, deliveries } = rig();
    await register.apply([beginFiring()], NOW);
    await run(NOW);
    await run(NOW + MINUTE);
    expect(receiver.received).toHaveLength(1);
    const [message] = receiver.received;
    expect(isGenuine(message)).toBe(true);
    expect(isGenuine({ ...message, body: `${message.body} ` })).toBe(false);
    expect(message.path).toBe('/hook?key=1');
    const body = JSON.parse(message.body);
    expect(message.headers['idempotency-key']).toBe(body.id);
    const [alert] = await register.open();
    expect(body).toEqual({
      version: 1,
      id: expect.any(String),
      thread: alert.id,
      events: [
        {
          kind: 'firing',
          at: '2026-11-21T12:00:00.000Z',
          slo: {
            id: 'a',
            name: 'latency',
            title: 'Fast queries',
            service: 'personal-api',
            labels: { tier: '1' },
          },
          entityRef: 'component:default/personal-api',
          owner: 'group:default/team-personal',
          sentence: 'Half of the budget is gone.',
          runbooks: ['latency-regression'],
          link: 'https://app.example.com/catalog/default/component/personal-api/slos?slo=a&at=2026-11-21T12%3A00%3A00.000Z',
          alert: { id: alert.id, condition: 'fast-burn', severity: 'page' },
        },
      ],
    });
    expect(await deliveries()).toEqual([
      { target: 'hook', state: 'sent', at: '2026-11-21T12:00:00.000Z' },
    ]);
  });

  it('tries again with the same key, with growing pauses, and gives up after a day', async () => {
    const { register, run, deliveries, logger } = rig();
    receiver.answer = (_, response) => response.writeHead(503).end('busy');
    await register.apply([beginFiring()], NOW);
    let now = NOW;
    const attempts: number[] = [];
    while (now < NOW + 26 * HOUR) {
      const before = receiver.received.length;
      await run(now);
      if (receiver.received.length > before) attempts.push(now);
      now += attempts.length < 12 ? 5_000 : 15 * MINUTE;
    }
    expect(attempts.length).toBeGreaterThan(60);
    expect(attempts.length).toBeLessThan(250);
    const pauses = attempts.slice(1).map((at, n) => at - attempts[n]);
    expect(pauses[0]).toBeLessThanOrEqual(10_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30 * MINUTE);
    const keys = receiver.received.map(each => each.headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
    expect(await deliveries()).toEqual([
      {
        target: 'hook',
        state: 'failed',
        at: expect.any(String),
        error: expect.stringMatching(
          /given up after a day of attempts: .* answered 503: busy/,
        ),
      },
    ]);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('shows what keeps a message from arriving, and delivers when that is over', async () => {
    const { register, run, deliveries } = rig();
    await register.apply([beginFiring()], NOW);
    receiver.answer = (_, response) =>
      response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end();
    await run(NOW);
    expect(receiver.received).toHaveLength(1);
    expect((await deliveries())?.[0]).toEqual({
      target: 'hook',
      state: 'waiting',
      error: expect.stringContaining('sent us elsewhere (302)'),
    });
    receiver.answer = (_, response) => response.writeHead(401).end('x');
    await run(NOW + MINUTE);
    expect((await deliveries())?.[0].error).toMatch(/secret or token/);
    // Never ends its answer.
    receiver.answer = (_, response) => {
      response.writeHead(200).write('a');
    };
    await run(NOW + 10 * MINUTE);
    expect((await deliveries())?.[0].error).toMatch(/no answer in 500 ms/);
    // Never stops: the beginning of an answer is enough.
    receiver.answer = (_, response) => {
      response.writeHead(200);
      const flood = () => {
        while (response.writable && response.write('x'.repeat(8_192)));
      };
      response.on('drain', flood);
      flood();
    };
    await run(NOW + 30 * MINUTE);
    expect((await deliveries())?.[0].state).toBe('sent');
  });

  it('does not let a dead target hold up another', async () => {
    const arrived: string[] = [];
    const { register, run, log } = rig({
      dead: { send: () => new Promise(() => undefined) },
      other: { send: async ({ id }) => void arrived.push(id) },
    });
    await register.apply(
      ['a', 'b', 'c'].map(sloId =>
        beginFiring({
          sloId,
          subject: { entityRef: undefined, targets: ['dead', 'other'] },
        }),
      ),
      NOW,
    );
    await run(NOW);
    expect(arrived).toHaveLength(3);
    const all = await log.alerts(['a', 'b', 'c']);
    expect(
      [...all.values()].map(([{ deliveries }]) =>
        deliveries.map(({ target, state }) => `${target} ${state}`),
      ),
    ).toEqual(Array(3).fill(['dead waiting', 'other sent']));
  });

  it('tells the end after the beginning, and only to those who were told', async () => {
    const kinds: string[] = [];
    let isDown = true;
    const { register, run } = rig({
      flaky: {
        send: async ({ events }) => {
          if (isDown) throw new Error('down');
          kinds.push(...events.map(({ kind }) => kind));
        },
      },
      nobody: {
        send: async () => {
          throw new NotFoundError('nobody is told');
        },
      },
    });
    await register.apply(
      [beginFiring({ subject: { targets: ['flaky', 'nobody', 'unknown'] } })],
      NOW,
    );
    await run(NOW);
    const [alert] = await register.open();
    await register.apply([resolve(alert)], NOW + MINUTE);
    isDown = false;
    await run(NOW + MINUTE);
    await run(NOW + 2 * MINUTE);
    expect(kinds).toEqual(['firing', 'resolved']);
    const targets = await knex()('slo_deliveries')
      .where('kind', 'resolved')
      .whereNot('target', EVENTS_TARGET)
      .pluck('target');
    expect(targets).toEqual(['flaky']);
    const failed = await knex()('slo_deliveries')
      .where('state', 'failed')
      .whereNot('target', EVENTS_TARGET)
      .orderBy('target')
      .pluck('error');
    expect(failed).toEqual([
      'nobody is told',
      expect.stringContaining(
        "'unknown' is not among lakehouse.slo.notificationTargets",
      ),
    ]);
  });

  it('sends nothing of a silenced SLO, and tells when the silence ends and it still fires', async () => {
    const { register, run, deliveries, log } = rig();
    await log.addSilence('a', {
      id: 's',
      from: new Date(NOW).toISOString(),
      until: new Date(NOW + HOUR).toISOString(),
      reason: 'Known',
      author: 'user:default/ada',
    });
    await register.apply([beginFiring(), beginFiring({ sloId: 'b' })], NOW);
    await run(NOW);
    expect(
      receiver.received.map(({ body }) =>
        JSON.parse(body).events.map((event: any) => event.slo.id),
      ),
    ).toEqual([['b']]);
    expect((await deliveries())?.[0].state).toBe('silenced');
    await run(NOW + HOUR - 1);
    expect(receiver.received).toHaveLength(1);
    await run(NOW + HOUR);
    expect(receiver.received).toHaveLength(2);
    expect((await deliveries())?.[0].state).toBe('sent');
    await run(NOW + 2 * HOUR);
    expect(receiver.received).toHaveLength(2);
  });

  it('says nothing of an alert that came and went in silence', async () => {
    const { register, run, log } = rig();
    await log.addSilence('a', {
      id: 's',
      from: new Date(NOW).toISOString(),
      until: new Date(NOW + HOUR).toISOString(),
      reason: 'Known',
      author: 'user:default/ada',
    });
    await register.apply([beginFiring()], NOW);
    await run(NOW);
    const [alert] = await register.open();
    await register.apply([resolve(alert)], NOW + MINUTE);
    await run(NOW + MINUTE);
    await run(NOW + 2 * HOUR);
    expect(receiver.received).toEqual([]);
  });

  it('sends each message from one of two replicas, and again from the other when one dies', async () => {
    const first = rig();
    const second = rig();
    await first.register.apply(
      Array.from({ length: 20 }, (_, n) =>
        beginFiring({ sloId: `slo-${n}`, subject: { entityRef: undefined } }),
      ),
      NOW,
    );
    await Promise.all([first.run(NOW), second.run(NOW)]);
    await Promise.all([first.run(NOW), second.run(NOW)]);
    const ids = receiver.received.map(({ body }) => JSON.parse(body).id);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);

    await first.register.apply([beginFiring({ sloId: 'x' })], NOW);
    // Claimed by a process that is gone before it sends.
    expect(await first.outbox.claim('hook', NOW)).toBeDefined();
    await second.run(NOW + MINUTE);
    expect(receiver.received).toHaveLength(20);
    await second.run(NOW + 3 * MINUTE);
    expect(receiver.received).toHaveLength(21);
  });

  it('posts alerts to an Alertmanager, again while they fire, and their end with the same labels', async () => {
    let now = NOW;
    const { register, run } = rig({
      am: AlertmanagerTarget.create({
        url: receiver.url,
        token: 'a-token',
        appUrl,
        now: () => now,
      }),
    });
    await register.apply([beginFiring({ subject: { targets: ['am'] } })], NOW);
    const step = async (ms: number) => {
      now += ms;
      await run(now);
    };
    await step(0);
    await step(5_000);
    expect(receiver.received).toHaveLength(1);
    await step(MINUTE);
    expect(receiver.received).toHaveLength(2);
    const [alert] = await register.open();
    await register.apply([resolve(alert)], now);
    await step(5_000);
    await step(2 * MINUTE);
    expect(receiver.received).toHaveLength(3);
    expect(receiver.received[0]).toMatchObject({
      path: '/api/v2/alerts',
      headers: { authorization: 'Bearer a-token' },
    });
    const [begin, again, end] = receiver.received.map(
      ({ body }) => JSON.parse(body)[0],
    );
    expect(begin).toEqual({
      labels: {
        alertname: 'SloAlert',
        slo: 'a',
        service: 'personal-api',
        entity: 'component:default/personal-api',
        severity: 'page',
        condition: 'fast-burn',
      },
      annotations: {
        summary: 'Fast queries: fast-burn fires',
        description: 'Half of the budget is gone.',
        runbooks: 'latency-regression',
      },
      startsAt: new Date(NOW).toISOString(),
      endsAt: new Date(NOW + 4 * MINUTE).toISOString(),
      generatorURL: expect.stringContaining('https://app.example.com/catalog/'),
    });
    expect(again.labels).toEqual(begin.labels);
    expect(Date.parse(again.endsAt)).toBe(NOW + 5_000 + 5 * MINUTE);
    expect(end.labels).toEqual(begin.labels);
    expect(end.startsAt).toBe(begin.startsAt);
    expect(Date.parse(end.endsAt)).toBe(NOW + 5_000 + MINUTE);
  });

  it('never shows the secret', async () => {
    const { register, run, deliveries, logger } = rig();
    await receiver.close();
    await register.apply([beginFiring()], NOW);
    await run(NOW);
    const shown = JSON.stringify([
      await deliveries(),
      logger.warn.mock.calls,
      alertSubject(),
    ]);
    expect(shown).toContain('could not be reached (ECONNREFUSED)');
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain('key=1');
    receiver = await startReceiver();
  });
});
