import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Preview,
  Run,
  RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RouteContext } from '../../routes/RouteContext';
import type { RunStore } from '../../store/RunStore';
import { registerGeneralActions } from './registerGeneralActions';
import { RunbookOffers } from './RunbookOffers';

const alice = mockCredentials.user('user:default/alice');
const service = mockCredentials.service('plugin:somebody');
const target = {
  system: 'redis',
  connection: 'cache',
  kind: 'prefix',
  name: 'a',
};

const runbook: RunbookSummary = {
  id: 'cache-stampede',
  title: 'Cache stampede',
  description: 'Stops a stampede.',
  verb: 'Stop',
  risk: 'high',
  kind: 'runbook',
  attributes: { readOnly: false, destructive: true, idempotent: false },
  parametersSchema: {
    type: 'object',
    required: ['prefix', 'connection'],
    properties: {
      prefix: { type: 'string', description: 'Which keys' },
      connection: { type: 'string', default: 'cache' },
      deep: { type: 'boolean' },
      mode: { enum: ['soft', 'hard'] },
    },
  },
};

const preview: Preview = {
  id: 'preview-1',
  runbookId: 'cache-stampede',
  target,
  parameters: { prefix: 'a' },
  risk: 'high',
  content: { summary: 'Flushes a.', changes: [], untouched: [], warnings: [] },
  hash: 'hash-1',
  createdAt: '2026-11-21T10:00:00.000Z',
  expiresAt: '2026-11-21T10:10:00.000Z',
  execute: { allowed: true },
  approval: { groups: ['group:default/b'], count: 1, expiresAfterMs: 1000 },
};

const run: Run = {
  id: 'run-1',
  runbookId: 'cache-stampede',
  title: 'Cache stampede',
  state: 'waiting',
  risk: 'high',
  target,
  parameters: {},
  preview,
  startedBy: 'user:default/alice',
  createdAt: '2026-11-21T10:00:00.000Z',
  steps: [{ id: 'approval', title: 'Approval', state: 'waiting' }],
  waitingFor: {
    kind: 'approval',
    since: '',
    until: '',
    question: 'May it?',
    groups: ['group:default/b'],
    needed: 1,
    previewHash: 'hash-1',
  },
};

function setup() {
  const actions = actionsRegistryServiceMock();
  const runbooks = [
    runbook,
    { ...runbook, id: 'redis:flush-keys', kind: 'action' as const },
  ];
  const made: object[] = [];
  const started: object[] = [];
  const audited: object[] = [];
  const denied: object[] = [];
  const offer = {
    context: new RouteContext({
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth(),
      logger: mockServices.logger.mock(),
      auditor: mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => ({
          success: async () => {
            audited.push({ eventId, ...meta });
          },
          fail: async ({ error }) => {
            audited.push({ eventId, ...meta, error: error.name });
          },
        }),
      }),
      store: {
        appendAudit: async (record: object) => {
          denied.push(record);
        },
      } as unknown as RunStore,
    }),
    previews: {
      make: jest.fn(async (request: object) => {
        made.push(request);
        return preview;
      }),
    },
    starter: {
      start: jest.fn(async (request: object) => {
        started.push(request);
        return run;
      }),
    },
    store: {
      getPreview: async (id: string) =>
        id.startsWith('other')
          ? { preview: { ...preview, runbookId: 'other' } }
          : undefined,
      getRun: async (id: string) => (id === 'run-1' ? { run } : undefined),
      getEvents: async ({ after }: { after: number }) => [
        {
          sequence: after + 1,
          at: '2026-11-21T10:00:00.000Z',
          type: 'log' as const,
          level: 'info' as const,
          message: 'hello',
        },
      ],
    },
    permissions: { assert: jest.fn(async () => {}) },
    list: () => runbooks,
  };
  registerGeneralActions(actions, offer);
  const offers = RunbookOffers.create({
    actionsRegistry: actions,
    offer,
    logger: mockServices.logger.mock(),
  });
  offers.offerNew();
  const invoke = async (
    name: string,
    input: JsonObject,
    credentials: typeof alice | typeof service = alice,
  ) =>
    (await actions.invoke({ id: `test:${name}`, input, credentials })).output;
  return {
    actions,
    offer,
    offers,
    runbooks,
    invoke,
    made,
    started,
    audited,
    denied,
  };
}

const start = {
  previewId: 'preview-1',
  previewHash: 'hash-1',
  idempotencyKey: 'click-123',
};

describe('what is offered in the actions registry', () => {
  it('is each runbook file once, and the general actions', async () => {
    const { actions, offers, runbooks } = setup();
    offers.offerNew();
    runbooks.push({ ...runbook, id: 'new-one' });
    offers.offerNew();
    const { actions: offered } = await actions.list();
    expect(offered.map(({ name }) => name).sort()).toEqual([
      'get-run',
      'list-runbooks',
      'preview-runbook',
      'run-cache-stampede',
      'run-new-one',
      'start-run',
    ]);
    const own = offered.find(({ name }) => name === 'run-cache-stampede');
    expect(own?.attributes).toEqual({
      readOnly: false,
      destructive: true,
      idempotent: false,
    });
    expect(own?.schema.input).toMatchObject({
      additionalProperties: false,
      properties: {
        parameters: {
          additionalProperties: false,
          required: ['prefix'],
          properties: {
            prefix: { type: 'string', description: 'Which keys' },
            connection: { type: 'string' },
            deep: { type: 'boolean' },
            mode: { enum: ['soft', 'hard'] },
          },
        },
      },
    });
  });

  it('lists, previews, starts and tells of runs, as the person', async () => {
    const { invoke, made, started, audited, offer } = setup();
    expect(
      await invoke('list-runbooks', { search: 'STAMPEDE', limit: 1 }),
    ).toMatchObject({ total: 2, runbooks: [{ id: 'cache-stampede' }] });
    const parameters = { prefix: 'a' };
    expect(
      await invoke('preview-runbook', {
        runbookId: 'cache-stampede',
        parameters,
      }),
    ).toMatchObject({
      previewId: 'preview-1',
      previewHash: 'hash-1',
      mayExecute: true,
      approval:
        '1 of group:default/b, other than whoever starts it, in Backstage',
    });
    expect(made).toEqual([
      {
        runbookId: 'cache-stampede',
        parameters,
        origin: { kind: 'action' },
        credentials: alice,
      },
    ]);
    expect(await invoke('start-run', start)).toMatchObject({
      runId: 'run-1',
      state: 'waiting',
      waitingFor: 'approval by 1 of group:default/b: May it?',
      link: '/runbooks/runs/run-1',
    });
    expect(started).toEqual([
      { ...start, origin: { kind: 'action' }, credentials: alice },
    ]);
    expect(audited).toEqual([
      {
        eventId: 'run-preview',
        runbookId: 'cache-stampede',
        via: 'actions-registry',
        actor: 'user:default/alice',
      },
      expect.objectContaining({
        eventId: 'run-start',
        via: 'actions-registry',
      }),
    ]);
    expect(
      await invoke('get-run', { runId: 'run-1', afterEvent: 4 }),
    ).toMatchObject({
      over: false,
      lastEvent: 5,
      log: [expect.stringContaining('hello')],
    });
    offer.permissions.assert.mockRejectedValue(new NotAllowedError('no'));
    await expect(invoke('get-run', { runId: 'run-1' })).rejects.toThrow('no');
    await expect(invoke('get-run', { runId: 'x' })).rejects.toThrow('no run x');
  });

  it('previews a runbook of its own name first, and starts it only from that', async () => {
    const { invoke, made, started } = setup();
    const parameters = { prefix: 'a' };
    expect(await invoke('run-cache-stampede', { parameters })).toEqual({
      preview: expect.objectContaining({ previewId: 'preview-1' }),
    });
    expect(made).toHaveLength(1);
    expect(started).toEqual([]);
    expect(await invoke('run-cache-stampede', start)).toEqual({
      run: expect.objectContaining({ runId: 'run-1' }),
    });
    expect(started).toHaveLength(1);
    for (const input of [
      { previewHash: 'hash-1', idempotencyKey: 'click-123' },
      { previewId: 'preview-1', previewHash: 'hash-1' },
      { ...start, parameters },
      { ...start, previewId: 'other-1' },
    ]) {
      await expect(invoke('run-cache-stampede', input)).rejects.toThrow();
    }
    expect(started).toHaveLength(1);
  });

  it.each([
    { confirm: true },
    { approved: true },
    { skipApproval: true },
    { force: true },
    { approval: { by: 'user:default/bob' } },
    { runAs: 'user:default/bob' },
    { credentials: { principal: { userEntityRef: 'user:default/bob' } } },
  ])('takes no %j', async extra => {
    const { invoke, made, started } = setup();
    const parameters = { prefix: 'a' };
    for (const [name, input] of [
      ['start-run', { ...start, ...extra }],
      ['run-cache-stampede', { ...start, ...extra }],
      ['run-cache-stampede', { parameters, ...extra }],
      ['run-cache-stampede', { parameters: { ...parameters, ...extra } }],
      ['preview-runbook', { runbookId: 'x', parameters, ...extra }],
    ] as const) {
      await expect(invoke(name, input)).rejects.toThrow('Invalid input');
    }
    expect(made).toEqual([]);
    expect(started).toEqual([]);
  });

  it('refuses a service without a person, and writes it down', async () => {
    const { invoke, made, started, denied, audited } = setup();
    await expect(invoke('start-run', start, service)).rejects.toThrow(
      'Only people',
    );
    await expect(
      invoke('run-cache-stampede', { parameters: { prefix: 'a' } }, service),
    ).rejects.toThrow('Only people');
    expect([...made, ...started]).toEqual([]);
    expect(audited).toEqual([
      expect.objectContaining({
        eventId: 'run-start',
        actor: 'plugin:somebody',
        error: 'NotAllowedError',
      }),
      expect.objectContaining({ eventId: 'run-preview' }),
    ]);
    expect(denied).toHaveLength(2);
  });

  it('hands on what the engine refuses, and refuses runbooks that are gone', async () => {
    const { invoke, offer, runbooks } = setup();
    offer.starter.start.mockRejectedValue(new ConflictError('It expired.'));
    await expect(invoke('start-run', start)).rejects.toThrow('It expired.');
    runbooks.length = 0;
    await expect(
      invoke('run-cache-stampede', { parameters: {} }),
    ).rejects.toThrow('not there any more');
  });
});
