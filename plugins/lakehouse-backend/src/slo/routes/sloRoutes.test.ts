import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import type { SloAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import request from 'supertest';
import { DatabaseObservationStore } from '../../observations/DatabaseObservationStore';
import { ConnectionAccess } from '../../routes/ConnectionAccess';
import type { RegisteredConnection } from '../../systems/SystemRegistry';
import { MemoryRollups } from '../__testUtils__/MemoryRollups';
import {
  MemoryAlertLog,
  MemoryBook,
  MemoryStates,
} from '../__testUtils__/memorySlos';
import { OpenApi } from '../__testUtils__/OpenApi';
import { sloDefinition, sloSummary, storedSlo } from '../__testUtils__/slos';
import { createSloApi } from '../createSloApi';
import { seriesOf } from '../rollups/seriesOf';

jest.setTimeout(60_000);

const ID = 'component.default.personal-api.latency';
const HIDDEN = 'component.default.personal-api.secret';
const ENTITY = 'component:default/personal-api';
const MINUTE_MS = 60_000;

const asUser = { authorization: mockCredentials.user.header() };
const inMinutes = (minutes: number) =>
  new Date(Date.now() + minutes * MINUTE_MS).toISOString();

const wholeMinutes = (minutes: number) =>
  new Date(
    (Math.floor(Date.now() / MINUTE_MS) + minutes) * MINUTE_MS,
  ).toISOString();

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'personal-api',
    annotations: { 'lakehouse-ops.io/query-selector': 'source=personal-api' },
  },
};

async function start() {
  const book = new MemoryBook();
  const states = new MemoryStates();
  const alertLog = new MemoryAlertLog();
  const rollups = new MemoryRollups();
  const permitted = { allow: (_: AuthorizePermissionRequest) => true };
  const event = { success: jest.fn(async () => {}), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => event),
  });
  const actions = actionsRegistryServiceMock();
  const plugin = createBackendPlugin({
    pluginId: 'lakehouse',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
        },
        async init({ database, httpRouter, logger, ...deps }) {
          const system = { system: 'trino' };
          const { router } = createSloApi({
            book,
            states,
            alertLog,
            rollups,
            access: ConnectionAccess.create(deps),
            systems: {
              list: () =>
                ['analytics', 'other'].map(
                  id =>
                    ({
                      connection: { id },
                      system,
                    } as unknown as RegisteredConnection),
                ),
            },
            store: await DatabaseObservationStore.create({ database }),
            catalog: {
              getEntityByRef: async ref =>
                ref === ENTITY ? entity : undefined,
            },
            actionsRegistry: actions,
            logger,
          });
          httpRouter.use(router);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      auditor.factory,
      mockServices.database.factory(),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(asked => ({
            result: permitted.allow(asked as AuthorizePermissionRequest)
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          })),
      }).factory,
    ],
  });
  return {
    ...{ book, states, alertLog, rollups, permitted, auditor, event },
    actions,
    server: backend.server,
    stop: () => backend.stop(),
  };
}

describe('routes of SLOs', () => {
  let backend: Awaited<ReturnType<typeof start>>;
  const openApi = OpenApi.read();

  beforeAll(async () => {
    backend = await start();
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    const { book, states, alertLog, rollups, permitted, auditor, event } =
      backend;
    permitted.allow = () => true;
    auditor.createEvent.mockClear();
    event.fail.mockClear();
    event.success.mockClear();
    const secret = sloDefinition({ name: 'secret' });
    const [objective] = secret.objectives;
    book.slos = [
      storedSlo(),
      storedSlo({
        id: HIDDEN,
        definition: {
          ...secret,
          objectives: [
            {
              ...objective,
              sli: {
                ...objective.sli,
                source: { ...objective.sli.source, connection: 'other' },
              },
            },
          ],
        },
        location: 'https://git.example.com/secret.yaml',
      }),
    ];
    book.told = [
      {
        location: storedSlo().location,
        entityRef: ENTITY,
        format: 'openslo',
        checkedAt: inMinutes(-1),
        usedSince: inMinutes(-100),
        slos: [ID],
        problems: [
          { severity: 'error', line: 3, column: 1, message: 'It is broken.' },
        ],
      },
      {
        location: 'https://git.example.com/secret.yaml',
        entityRef: ENTITY,
        slos: [HIDDEN],
        problems: [{ severity: 'error', message: 'secret' }],
      },
    ];
    states.summaries = new Map(
      [
        sloSummary(),
        sloSummary({ id: HIDDEN, title: 'secret', connections: ['other'] }),
      ].map(one => [one.id, one]),
    );
    alertLog.firings = [firing()];
    alertLog.cuts.clear();
    alertLog.quiet.clear();
    const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const definition = sloDefinition();
    rollups.set(
      seriesOf(definition, definition.objectives[0]),
      Array.from({ length: 3_000 }, (_, index) => ({
        startMs: nowMs - (3_000 - index) * MINUTE_MS,
        good: index % 10 ? 10 : 9,
        total: 10,
      })),
    );
    rollups.spent.splice(0, Infinity, {
      hourMs: Math.floor(nowMs / 3_600_000) * 3_600_000 - 3_600_000,
      dimension: 'source',
      value: 'personal-api',
      bad: 6,
    });
  });

  const only = (...connections: string[]) => {
    backend.permitted.allow = asked =>
      'resourceRef' in asked && connections.includes(String(asked.resourceRef));
  };
  const get = (path: string, query: object = {}) =>
    request(backend.server)
      .get(`/api/lakehouse${path}`)
      .query(query)
      .set(asUser);
  const events = () =>
    backend.auditor.createEvent.mock.calls.map(([{ eventId, meta }]) => [
      eventId,
      meta,
    ]);

  it.each([
    ['/slos', '/slos', {}],
    ['/slos', '/slos', { status: 'at-risk', search: 'Fast', limit: 5 }],
    ['/slos', '/slos', { groupBy: 'owner' }],
    ['/entity-slos', '/entity-slos', { entityRef: ENTITY }],
    ['/entity-slos', '/entity-slos', { entityRef: 'component:default/none' }],
    ['/slo-proposals', '/slo-proposals', { entityRef: ENTITY }],
    ['/slos/{id}', `/slos/${ID}`, {}],
    ['/slos/{id}/history', `/slos/${ID}/history`, {}],
    ['/slos/{id}/history', `/slos/${ID}/history`, { from: inMinutes(-500) }],
    ['/slos/{id}/spenders', `/slos/${ID}/spenders`, {}],
    ['/slos/{id}/what-if', `/slos/${ID}/what-if`, { target: 0.995 }],
    ['/slos/{id}/what-if', `/slos/${ID}/what-if`, { threshold: 5 }],
    ['/slos/{id}/export', `/slos/${ID}/export`, { format: 'openslo' }],
  ])('answers GET %s as its document says: %s %j', async (path, url, query) => {
    const answer = await get(url, query);
    expect(answer.status).toBe(200);
    openApi.check({ path, method: 'get', answer });
  });

  it.each([
    ['/slos', '/slos', { limit: 201 }, 400, 'limit'],
    ['/slos', '/slos', { status: 'bad' }, 400, 'status'],
    ['/slos', '/slos', { groupBy: 'service' }, 400, 'groupBy'],
    ['/entity-slos', '/entity-slos', {}, 400, 'entityRef'],
    [
      '/slo-proposals',
      '/slo-proposals',
      { entityRef: 'component:default/none' },
      404,
      'that you may see',
    ],
    ['/slos/{id}', '/slos/none', {}, 404, "no SLO 'none'"],
    [
      '/slos/{id}/history',
      `/slos/${ID}/history`,
      { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' },
      400,
      'to: must be after from',
    ],
    [
      '/slos/{id}/spenders',
      `/slos/${ID}/spenders`,
      { from: '2024-01-02T00:00:00Z' },
      400,
      '400 days',
    ],
    ['/slos/{id}/what-if', `/slos/${ID}/what-if`, {}, 400, 'target'],
    [
      '/slos/{id}/what-if',
      `/slos/${ID}/what-if`,
      { target: 1 },
      400,
      'above 0 and below 1',
    ],
    [
      '/slos/{id}/what-if',
      `/slos/${ID}/what-if`,
      { target: 0.9, objective: 'x' },
      400,
      "no objective 'x'",
    ],
    [
      '/slos/{id}/export',
      `/slos/${ID}/export`,
      { format: 'pdf' },
      400,
      'format',
    ],
    [
      '/slos/{id}/export',
      `/slos/${ID}/export`,
      { format: 'sloth' },
      400,
      "can't be told in a file of Sloth",
    ],
  ])('refuses GET %s %s %j', async (path, url, query, status, message) => {
    const answer = await get(url, query);
    expect(answer.body.error?.message).toContain(message);
    expect(answer.status).toBe(status);
    openApi.check({ path, method: 'get', answer });
  });

  it('answers nobody who is not signed in', async () => {
    for (const path of ['/slos', '/entity-slos', `/slos/${ID}`]) {
      const answer = await request(backend.server).get(`/api/lakehouse${path}`);
      expect(answer.status).toBe(401);
    }
  });

  it('counts what the caller may not see, and tells nothing of it', async () => {
    only('analytics');
    const list = await get('/slos');
    expect(list.body).toMatchObject({
      items: [{ id: ID }],
      total: 1,
      hidden: 1,
      firing: 1,
      problems: [{ location: storedSlo().location }],
    });
    const tab = await get('/entity-slos', { entityRef: ENTITY.toUpperCase() });
    expect(tab.body).toMatchObject({
      items: [{ id: ID, mayManage: true }],
      hidden: 1,
    });
    expect(tab.body.files).toHaveLength(1);
    expect(JSON.stringify([list.body, tab.body])).not.toContain('secret');
  });

  it('refuses what may not be seen, and audits it', async () => {
    only('other');
    for (const part of [
      '',
      '/history',
      '/spenders',
      '/export?format=openslo',
    ]) {
      const answer = await get(`/slos/${ID}${part}`);
      expect(answer.status).toBe(403);
      openApi.check({ path: '/slos/{id}', method: 'get', answer });
    }
    expect(events()).toHaveLength(4);
    expect(events()[0]).toEqual([
      'access-denied',
      { permission: 'lakehouse.slo.read', connection: 'analytics' },
    ]);
  });

  it('shows an SLO with its objectives, file, alerts and window', async () => {
    const { body } = await get(`/slos/${ID}`);
    expect(body).toMatchObject({
      id: ID,
      attainment: 0.995,
      mayManage: true,
      file: { format: 'openslo', problems: [{ line: 3 }] },
      alerts: [{ id: 'a1', state: 'firing' }],
      versions: [{ version: 1 }],
      objectives: [
        {
          objective: { key: '0' },
          attainment: 0.99,
          coverage: expect.any(Number),
          total: 30_000,
        },
      ],
    });
    expect(Date.parse(body.windowTo) - Date.parse(body.windowFrom)).toBe(
      28 * 86_400_000,
    );
  });

  it('shows what was not evaluated yet as unknown', async () => {
    backend.states.summaries.clear();
    const { body } = await get('/entity-slos', { entityRef: ENTITY });
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ status: 'unknown', data: 'no-data' });
    expect(body.items[0].attainment).toBeUndefined();
    openApi.check({
      path: '/entity-slos',
      method: 'get',
      answer: await get('/entity-slos', { entityRef: ENTITY }),
    });
  });

  it('reads a tab in as many rounds for many SLOs as for one', async () => {
    const { book, states, rollups } = backend;
    await get('/entity-slos', { entityRef: ENTITY });
    const before = { ...rollups.calls };
    await get('/entity-slos', { entityRef: ENTITY });
    const one = { ...rollups.calls };
    book.slos = Array.from({ length: 150 }, (_, index) =>
      storedSlo({
        id: `s${index}`,
        definition: sloDefinition({
          objectives: [
            {
              ...sloDefinition().objectives[0],
              sli: {
                name: 'x',
                source: {
                  type: 'lakehouse',
                  indicator: 'query-success',
                  connection: 'analytics',
                  filter: {},
                },
              },
            },
          ],
        }),
      }),
    );
    states.summaries.clear();
    const { body } = await get('/entity-slos', { entityRef: ENTITY });
    expect(body.items).toHaveLength(100);
    expect(rollups.calls.sums - one.sums).toBe(one.sums - before.sums);
  });

  it('takes a time out of the budget, with who and why', async () => {
    const told = {
      from: wholeMinutes(-60),
      to: wholeMinutes(-30),
      kind: 'maintenance',
      reason: '  upgrade of Trino ',
    };
    const answer = await request(backend.server)
      .post(`/api/lakehouse/slos/${ID}/corrections`)
      .send(told)
      .set(asUser);
    expect(answer.status).toBe(201);
    openApi.check({ path: '/slos/{id}/corrections', method: 'post', answer });
    expect(answer.body).toMatchObject({
      ...told,
      reason: 'upgrade of Trino',
      author: 'user:default/mock',
    });
    expect(events()).toEqual([
      [
        'slo-correction-add',
        expect.objectContaining({ slo: ID, reason: 'upgrade of Trino' }),
      ],
    ]);
    const { body } = await get(`/slos/${ID}`);
    expect(body.corrections).toEqual([answer.body]);
    // 30 minutes less, of which three were bad.
    expect(body.objectives[0].total).toBe(30_000 - 300);

    const path = `/api/lakehouse/slos/${ID}/corrections/${answer.body.id}`;
    const silent = await request(backend.server).delete(path).set(asUser);
    expect(silent.status).toBe(400);
    const removed = await request(backend.server)
      .delete(path)
      .query({ reason: 'was wrong' })
      .set(asUser);
    expect(removed.status).toBe(204);
    const again = await request(backend.server)
      .delete(path)
      .query({ reason: 'was wrong' })
      .set(asUser);
    expect(again.status).toBe(404);
    expect(backend.event.fail).toHaveBeenCalledTimes(1);
    expect((await get(`/slos/${ID}`)).body.corrections).toEqual([]);
  });

  it('silences alerts for a time', async () => {
    const until = inMinutes(60);
    const answer = await request(backend.server)
      .post(`/api/lakehouse/slos/${ID}/silences`)
      .send({ until, reason: 'we know' })
      .set(asUser);
    expect(answer.status).toBe(201);
    openApi.check({ path: '/slos/{id}/silences', method: 'post', answer });
    expect((await get(`/slos/${ID}`)).body).toMatchObject({
      silencedUntil: until,
      silences: [{ reason: 'we know', author: 'user:default/mock' }],
    });
    const path = `/api/lakehouse/slos/${ID}/silences/${answer.body.id}`;
    const ended = await request(backend.server).delete(path).set(asUser);
    expect(ended.status).toBe(204);
    expect(events().map(([id]) => id)).toEqual([
      'slo-silence-add',
      'slo-silence-end',
    ]);
    expect((await get(`/slos/${ID}`)).body.silencedUntil).toBeUndefined();
  });

  it.each([
    ['corrections', {}, 'from: must be an ISO time'],
    [
      'corrections',
      {
        from: inMinutes(0),
        to: inMinutes(-1),
        kind: 'maintenance',
        reason: 'x',
      },
      'to: must be after from',
    ],
    [
      'corrections',
      { from: inMinutes(-9), to: inMinutes(-1), kind: 'x', reason: 'x' },
      'kind',
    ],
    [
      'corrections',
      {
        from: inMinutes(-9),
        to: inMinutes(-1),
        kind: 'correction',
        reason: 'x',
        objective: '9',
      },
      "no objective '9'",
    ],
    [
      'corrections',
      {
        from: inMinutes(-9),
        to: inMinutes(-1),
        kind: 'correction',
        reason: 'x',
        author: 'user:default/boss',
      },
      'author',
    ],
    ['silences', { until: inMinutes(9), reason: ' ' }, 'reason: must say why'],
    ['silences', { until: inMinutes(-9), reason: 'x' }, 'in the future'],
    ['silences', { until: inMinutes(50_000), reason: 'x' }, '31 days'],
    ['silences', { until: inMinutes(9), reason: 'x'.repeat(501) }, 'reason'],
  ])('refuses %s %j', async (kind, body, message) => {
    const answer = await request(backend.server)
      .post(`/api/lakehouse/slos/${ID}/${kind}`)
      .send(body)
      .set(asUser);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
    openApi.check({ path: `/slos/{id}/${kind}`, method: 'post', answer });
    expect(events()).toEqual([]);
  });

  it('lets nobody manage who may only read, and audits the attempt', async () => {
    backend.permitted.allow = ({ permission }) =>
      permission.name === 'lakehouse.slo.read';
    expect((await get(`/slos/${ID}`)).body.mayManage).toBe(false);
    const answer = await request(backend.server)
      .post(`/api/lakehouse/slos/${ID}/silences`)
      .send({ until: inMinutes(9), reason: 'x' })
      .set(asUser);
    expect(answer.status).toBe(403);
    expect(events()).toEqual([
      [
        'access-denied',
        { permission: 'lakehouse.slo.manage', connection: 'analytics' },
      ],
    ]);
    expect(backend.alertLog.quiet.size).toBe(0);
  });

  it('tells a database that is away apart from a wrong request', async () => {
    const { states } = backend;
    const broken = jest
      .spyOn(states, 'get')
      .mockRejectedValue(new Error('select secret - database is locked'));
    const answer = await get(`/slos/${ID}`);
    broken.mockRestore();
    expect(answer.status).toBe(503);
    openApi.check({ path: '/slos/{id}', method: 'get', answer });
    expect(answer.body.error.message).toContain('database is locked');
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('lists and explains SLOs to assistants, as the caller', async () => {
    const { actions } = backend;
    const invoke = (id: string, input: object) =>
      actions.invoke({
        id: `test:${id}`,
        input: input as Record<string, string>,
        credentials: mockCredentials.user(),
      });
    const list = await invoke('list-slos', { limit: 10 });
    expect(list.output).toMatchObject({
      slos: [
        {
          id: ID,
          status: 'at-risk',
          firing: ['fast-burn'],
          budgetRemaining: 0.5,
        },
        { id: HIDDEN },
      ],
      total: 2,
      hidden: 0,
    });
    const explained = await invoke('explain-slo', { id: ID });
    expect(explained.output).toMatchObject({
      id: ID,
      sentence: 'Half of the budget is gone.',
      spenders: [
        { dimension: 'source', value: 'personal-api' },
        expect.anything(),
      ],
      runbooks: ['latency-regression'],
      objectives: [{ threshold: 'lte 2 s', target: 0.99 }],
    });
    await expect(invoke('explain-slo', { id: 'none' })).rejects.toThrow(
      "There is no SLO 'none'",
    );
    only('other');
    expect((await invoke('list-slos', {})).output).toMatchObject({
      slos: [{ id: HIDDEN }],
      hidden: 1,
    });
    await expect(invoke('explain-slo', { id: ID })).rejects.toThrow(
      'lakehouse.slo.read',
    );
    await expect(invoke('list-slos', { limit: 1_000 })).rejects.toThrow();
  });
});

function firing(): SloAlert {
  return {
    id: 'a1',
    sloId: ID,
    condition: 'fast-burn',
    severity: 'page',
    state: 'firing',
    pendingAt: inMinutes(-31),
    firedAt: inMinutes(-30),
    explanation: 'It burns.',
    deliveries: [{ target: 'owner', state: 'sent', at: inMinutes(-30) }],
  };
}
