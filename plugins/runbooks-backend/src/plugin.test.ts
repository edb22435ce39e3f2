import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Preview,
  Run,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { decodeRunResource } from './permissions';
import { fakeAction, FakeWorld } from './__testUtils__/fakeAction';
import { startApi } from './__testUtils__/startApi';

jest.setTimeout(60_000);

const target: RunTarget = {
  system: 'fake',
  connection: 'main',
  kind: 'thing',
  name: 'a',
};
const alice = mockCredentials.user.header('user:default/alice');
const service = mockCredentials.service.header();

async function setup(denied: string[] = []) {
  const world = new FakeWorld();
  const api = await startApi({
    caller: alice,
    actions: [fakeAction(world)],
    denied,
    conditional: {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'runbooks',
      resourceType: 'runbook-run',
      conditions: {
        anyOf: [
          {
            rule: 'TARGET_IS',
            resourceType: 'runbook-run',
            params: { system: 'fake', connections: ['main'] },
          },
        ],
      },
    },
  });
  const { get, post } = api;
  async function preview(name = 'a'): Promise<Preview> {
    const response = await post('/previews', {
      runbookId: 'fake:change-thing',
      parameters: { name },
    });
    expect(response.status).toBe(201);
    return response.body;
  }
  async function finished(id: string): Promise<Run> {
    let after = 0;
    for (;;) {
      const { body } = await get(
        `/runs/${id}/events?after=${after}&waitSeconds=5`,
      );
      after = body.items.at(-1)?.sequence ?? after;
      if (body.run.endedAt) return body.run;
    }
  }
  return { ...api, world, preview, finished };
}

type Api = Awaited<ReturnType<typeof setup>>;

describe('the runbooks API', () => {
  it('lists runbooks with the schema of their parameters', async () => {
    const { get } = await setup();
    const { body } = await get('/runbooks');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      id: 'fake:change-thing',
      verb: 'Change thing',
      risk: 'medium',
      parametersSchema: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string', description: 'Which thing' } },
      },
    });
  });

  it('previews, starts, follows and lists a run, audited and signalled', async () => {
    const { get, post, preview, startBody, finished, audited, signals } =
      await setup();
    const made = await preview();
    const started = await post('/runs', startBody(made));
    expect(started.status).toBe(201);
    const again = await post('/runs', startBody(made));
    expect(again.body.id).toBe(started.body.id);
    const run = await finished(started.body.id);
    expect(run).toMatchObject({ state: 'succeeded', target });
    expect(run.preview).toEqual(made);
    const list = await get('/runs?states=succeeded&connection=main&limit=5');
    expect(list.body).toMatchObject({ total: 1, limit: 5, offset: 0 });
    expect((await get('/runs?target=other')).body.total).toBe(0);
    expect((await get(`/runs/${run.id}`)).body).toEqual(run);
    const audit = await get(`/runs/${run.id}/audit`);
    expect(audit.body.items[0]).toMatchObject({
      event: 'run-started',
      actor: 'user:default/alice',
    });
    expect(audited.slice(0, 4)).toEqual([
      'run-preview: begun',
      'run-preview: succeeded',
      'run-start: begun',
      'run-start: succeeded',
    ]);
    expect(signals).toContainEqual(
      expect.objectContaining({
        channel: 'runbooks',
        message: { runId: run.id, state: 'succeeded' },
      }),
    );
  });

  it('waits for news of a run, and cancels it', async () => {
    const { world, get, post, preview, startBody, finished } = await setup();
    world.execute = ({ signal, log }) =>
      new Promise((_resolve, reject) => {
        log.progress(0.5, 'half way');
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    world.truths = [{ state: 'not-done', reason: 'It was stopped.' }];
    const { body: started } = await post('/runs', startBody(await preview()));
    let after = 0;
    let seen: Array<{ message: string; progress?: number }> = [];
    while (!seen.some(event => event.message === 'half way')) {
      const { body } = await get(
        `/runs/${started.id}/events?after=${after}&waitSeconds=5`,
      );
      after = body.items.at(-1)?.sequence ?? after;
      seen = [...seen, ...body.items];
    }
    expect(seen.find(event => event.progress !== undefined)?.progress).toBe(
      0.5,
    );
    const before = Date.now();
    const quiet = await get(
      `/runs/${started.id}/events?after=${after}&waitSeconds=1`,
    );
    expect(quiet.body.items).toEqual([]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(900);
    const cancelled = await post(`/runs/${started.id}/cancel`, {});
    expect(cancelled.status).toBe(200);
    expect((await finished(started.id)).state).toBe('cancelled');
    const late = await post(`/runs/${started.id}/cancel`, {});
    expect(late.status).toBe(409);
  });

  it.each([
    [
      'runbooks.run.preview',
      'run-preview',
      async ({ post }: Api) =>
        post('/previews', {
          runbookId: 'fake:change-thing',
          parameters: { name: 'a' },
        }),
    ],
    [
      'runbooks.run.execute',
      'run-start',
      async ({ post, preview, startBody }: Api) =>
        post('/runs', startBody(await preview())),
    ],
    [
      'runbooks.run.cancel',
      'run-cancel',
      async ({ post, preview, startBody }: Api) => {
        const { body } = await post('/runs', startBody(await preview()));
        return post(`/runs/${body.id}/cancel`, {});
      },
    ],
  ])(
    'refuses without %s and writes it down',
    async (permission, eventId, attempt) => {
      const api = await setup([permission]);
      api.world.execute = () => new Promise(() => {});
      const response = await attempt(api);
      expect(response.status).toBe(403);
      expect(response.body.error.message).toBe(
        `You need ${permission} for fake:change-thing on thing a of fake main. Ask team-platform.`,
      );
      expect(api.audited.slice(-2)).toEqual([
        `${eventId}: begun`,
        `${eventId}: NotAllowedError`,
      ]);
    },
  );

  it('says in the preview that it may not be run', async () => {
    const { preview } = await setup(['runbooks.run.execute']);
    expect((await preview()).execute).toEqual({
      allowed: false,
      reason:
        'You need runbooks.run.execute for fake:change-thing on thing a of fake main.',
      remedy: 'Ask team-platform.',
    });
  });

  it('shows no runs without the permission to read them', async () => {
    const denied: string[] = [];
    const { get, post, preview, startBody, audited } = await setup(denied);
    const { body } = await post('/runs', startBody(await preview()));
    denied.push('runbooks.run.read');
    for (const path of [
      '',
      `/${body.id}`,
      `/${body.id}/audit`,
      `/${body.id}/events?after=0`,
    ]) {
      expect((await get(`/runs${path}`)).status).toBe(403);
      expect(audited.at(-1)).toBe('run-read: NotAllowedError');
    }
  });

  it('lets no service start a run, and nobody without a token', async () => {
    const { get, post, preview, startBody } = await setup();
    const made = await preview();
    const response = await post('/runs', startBody(made), service);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain('Only people');
    const none = mockCredentials.none.header();
    expect((await get('/runs', none)).status).toBe(401);
  });

  it('answers for many buttons at once, with the reason', async () => {
    const denied: string[] = [];
    const { world, post } = await setup(denied);
    const asks = ['a', 'b'].map(name => ({
      runbookId: 'fake:change-thing',
      target: { ...target, name },
    }));
    const allowed = await post('/allowances', { asks });
    expect(allowed.body.items).toEqual([{ allowed: true }, { allowed: true }]);
    world.preflight = { allowed: false, reason: 'The right is missing.' };
    const cached = await post('/allowances', { asks });
    expect(cached.body.items[0]).toEqual({ allowed: true });
    const elsewhere = await post('/allowances', {
      asks: [{ ...asks[0], target: { ...target, connection: 'other' } }],
    });
    expect(elsewhere.body.items).toEqual([
      { allowed: false, reason: 'The right is missing.' },
    ]);
    const unknown = await post('/allowances', {
      asks: [{ ...asks[0], runbookId: 'none' }, asks[0]],
    });
    expect(unknown.body.items).toEqual([
      expect.objectContaining({
        allowed: false,
        reason: "There is no runbook 'none' here.",
      }),
      { allowed: true },
    ]);
    denied.push('runbooks.run.execute');
    const refused = await post('/allowances', { asks });
    expect(refused.body.items[0]).toMatchObject({
      allowed: false,
      remedy: 'Ask team-platform.',
    });
    const tooMany = await post('/allowances', {
      asks: Array.from({ length: 101 }, () => asks[0]),
    });
    expect(tooMany.status).toBe(400);
  });

  it.each([
    ['/previews', { runbookId: 'none', parameters: {} }, 404, 'Known ones'],
    [
      '/previews',
      { runbookId: 'fake:change-thing', parameters: {} },
      400,
      'name',
    ],
    [
      '/previews',
      { runbookId: 'fake:change-thing', parameters: 3 },
      400,
      'parameters',
    ],
    ['/runs', { previewId: 'x', previewHash: 'y' }, 400, 'idempotencyKey'],
    ['/runs/none/cancel', {}, 404, 'no run none'],
  ])('refuses POST %s %j with %i', async (path, body, status, said) => {
    const { post } = await setup();
    const response = await post(path, body);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(said);
  });

  it('describes itself to the permission backend', async () => {
    const { get } = await setup();
    const { body } = await get('/.well-known/backstage/permissions/metadata');
    expect(body.rules.map((rule: { name: string }) => rule.name)).toEqual([
      'ACTION_IS',
      'RISK_AT_MOST',
      'TARGET_IS',
      'OWNS_TARGET',
      'ENVIRONMENT_IS',
    ]);
    expect(decodeRunResource('not-a-ref')).toBeUndefined();
  });
});
