import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Server } from 'node:http';
import request from 'supertest';
import { fakeAction, FakeWorld } from '../__testUtils__/fakeAction';
import { fakeModule } from '../__testUtils__/fakeModule';
import { neighbours } from '../__testUtils__/neighbours';
import { runbookText } from '../definitions/__testUtils__/runbookText';
import { runbooksPlugin } from '../plugin';

jest.setTimeout(60_000);

const change = `${runbookText('change-thing').replace(
  'risk: low',
  'risk: medium',
)}    - id: change
      title: Change
      action: fake:change-thing
      input: { name: thing }
`.replace(/ {4}- id: look[\s\S]*output.good\n/, '');

async function start(files: Record<string, string>): Promise<Server> {
  const { server } = await startTestBackend({
    features: [
      runbooksPlugin,
      fakeModule({ actions: [fakeAction(new FakeWorld())], files }),
      catalogServiceMock.factory({ entities: [] }),
      ...neighbours().features,
    ],
  });
  return server;
}

describe('runbook routes', () => {
  it('serve actions, runbook files and what is wrong with files', async () => {
    const server = await start({
      'change.yaml': change,
      'broken.yaml': runbookText('broken'),
    });
    const get = (path: string) =>
      request(server)
        .get(`/api/runbooks${path}`)
        .set('Authorization', mockCredentials.user.header());
    const list = await get('/runbooks').expect(200);
    expect(list.body.items).toEqual([
      expect.objectContaining({ id: 'fake:change-thing', kind: 'action' }),
      expect.objectContaining({
        id: 'change-thing',
        kind: 'runbook',
        risk: 'medium',
        attributes: { readOnly: false, destructive: true, idempotent: false },
        appliesTo: [],
        triggers: [],
      }),
    ]);

    const { body: detail } = await get('/runbooks/change-thing').expect(200);
    expect(detail).toMatchObject({
      id: 'change-thing',
      source: 'shipped:change.yaml',
      definitionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      definition: { steps: [{ id: 'change', action: 'fake:change-thing' }] },
      flowchart: expect.stringMatching(/^flowchart TD/),
      problems: [
        {
          severity: 'warning',
          message: expect.stringContaining('verify'),
          line: expect.any(Number),
        },
      ],
    });
    const { body: action } = await get('/runbooks/fake:change-thing').expect(
      200,
    );
    expect(action).toMatchObject({ kind: 'action', problems: [] });
    expect(action.definition).toBeUndefined();

    const { body: problems } = await get('/runbook-problems').expect(200);
    expect(problems.items).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        source: 'shipped:broken.yaml',
        field: 'spec.steps[0].check',
        message: expect.stringContaining("no action 'demo:look'"),
      }),
    );

    for (const id of ['broken', '__proto__', 'constructor']) {
      const { body } = await get(`/runbooks/${id}`).expect(404);
      expect(body.error.message).toContain(`no runbook '${id}'`);
    }
    await request(server)
      .get('/api/runbooks/runbooks')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
  });
});
