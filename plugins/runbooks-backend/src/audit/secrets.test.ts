import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { fakeAction, FakeWorld } from '../__testUtils__/fakeAction';
import { fakeModule } from '../__testUtils__/fakeModule';
import { runbooksPlugin } from '../plugin';

jest.setTimeout(120_000);

const SECRET = 'S3cr3t-of-alice';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const file = `
apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata: { name: with-secret, title: With secret, description: Uses a secret. }
spec:
  risk: medium
  parameters:
    type: object
    required: [name, password]
    properties:
      name: { type: string }
      password: { type: string, secret: true }
  target: { system: fake, connection: main, kind: thing, name: '\${{ parameters.name }}' }
  steps:
    - id: change
      title: Change it
      action: fake:change-thing
      input:
        name: '\${{ parameters.name }}'
        note: 'with \${{ parameters.password }}'
        password: '\${{ parameters.password }}'
`;

async function setup() {
  const knex = await databases.init('SQLITE_3');
  const world = new FakeWorld();
  const seen: unknown[] = [];
  const told: unknown[] = [];
  world.execute = async ({ input, log }) => {
    seen.push(input);
    log.info(`changes ${input.name}`);
    return { done: true };
  };
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const { server } = await startTestBackend({
    features: [
      runbooksPlugin,
      fakeModule({
        actions: [fakeAction(world)],
        files: { 'with-secret.yaml': file },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      createServiceFactory({
        service: coreServices.logger,
        deps: {},
        factory: () => logger,
      }),
      mockServices.auditor.mock({
        createEvent: async options => {
          told.push(options.meta);
          return {
            success: async more => void told.push(more),
            fail: async ({ error, meta }) =>
              void told.push(error.message, meta),
          };
        },
      }).factory,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async signal => void told.push(signal) }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async sent => void told.push(sent) }),
      }),
    ],
  });
  const authorization = mockCredentials.user.header('user:default/alice');
  const answers: string[] = [];
  async function call(path: string, body?: object) {
    const url = `/api/runbooks${path}`;
    const response = await (body
      ? request(server).post(url).set('authorization', authorization).send(body)
      : request(server).get(url).set('authorization', authorization));
    answers.push(response.text);
    return response;
  }
  async function tables(): Promise<string> {
    const all: Array<{ name: string }> = await knex('sqlite_master')
      .where({ type: 'table' })
      .select('name');
    const rows = await Promise.all(all.map(({ name }) => knex(name)));
    return JSON.stringify(rows);
  }
  return { call, tables, seen, told, answers, logger };
}

describe('what was typed into a secret parameter', () => {
  it.each([
    ['a single action', 'fake:change-thing'],
    ['a runbook file', 'with-secret'],
  ])('reaches the action and nothing else: %s', async (_what, runbookId) => {
    const { call, tables, seen, told, answers, logger } = await setup();
    for (let tries = 0; tries < 100; tries++) {
      if ((await call(`/runbooks/${runbookId}`)).status === 200) break;
      await sleep(50);
    }
    const parameters = { name: 'a', password: SECRET };
    const preview = await call('/previews', { runbookId, parameters });
    expect(preview.status).toBe(201);
    expect(preview.body.parameters.password).toBe('<secret>');
    const { body: run } = await call('/runs', {
      previewId: preview.body.id,
      previewHash: preview.body.hash,
      idempotencyKey: 'a-single-click',
    });
    for (let tries = 0; tries < 200; tries++) {
      const { body } = await call(`/runs/${run.id}`);
      if (body.endedAt) break;
      await sleep(50);
    }
    expect((await call(`/runs/${run.id}`)).body.state).toBe('succeeded');
    expect(seen).toEqual([expect.objectContaining({ password: SECRET })]);
    await call('/runs');
    await call(`/runs/${run.id}/events?after=0`);
    await call(`/runs/${run.id}/audit`);
    await call('/audit/export');
    // What is wrong with what was typed is said without quoting it.
    await call('/previews', { runbookId, parameters: { password: SECRET } });
    await call('/runs', {
      previewId: preview.body.id,
      previewHash: preview.body.hash,
      idempotencyKey: 'another-click',
    });
    expect(answers.join('\n')).toContain('run-started');
    const everything = [
      ...answers,
      await tables(),
      JSON.stringify(told),
      JSON.stringify([
        logger.info.mock.calls,
        logger.warn.mock.calls,
        logger.error.mock.calls,
        logger.debug.mock.calls,
      ]),
    ];
    expect(everything.filter(text => text.includes(SECRET))).toEqual([]);
  });
});
