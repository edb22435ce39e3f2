import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Preview, Run } from '@lakehouse-ops/plugin-runbooks-common';
import { fakeAction, FakeWorld } from '../__testUtils__/fakeAction';
import {
  lookAction,
  runbookText,
  TWO_STEPS,
} from '../__testUtils__/runbookRig';
import { startApi } from '../__testUtils__/startApi';

jest.setTimeout(60_000);

const olivia = mockCredentials.user.header('user:default/olivia');
const owen = mockCredentials.user.header('user:default/owen');
const alice = mockCredentials.user.header('user:default/alice');
const service = mockCredentials.service.header();

const TEXT = runbookText(
  `  approval: {groups: [group:default/owners], count: 1, expires: 30m}\n${TWO_STEPS}`,
);

async function setup(denied: string[] = []) {
  const world = new FakeWorld();
  const api = await startApi({
    caller: olivia,
    actions: [fakeAction(world), lookAction(world)],
    files: { 'tidy.yaml': TEXT },
    denied,
    features: [
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { namespace: 'default', name: 'owners' },
            relations: [{ type: 'hasMember', targetRef: 'user:default/owen' }],
          },
        ],
      }),
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const { userEntityRef } = (
            credentials as ReturnType<typeof mockCredentials.user>
          ).principal;
          return {
            userEntityRef,
            ownershipEntityRefs:
              userEntityRef === 'user:default/alice'
                ? [userEntityRef]
                : [userEntityRef, 'group:default/owners'],
          };
        },
      }).factory,
    ],
  });
  const { post, startBody } = api;
  const preview = async (): Promise<Preview> => {
    // The shipped file is read right after the start.
    for (;;) {
      const made = await post('/previews', {
        runbookId: 'tidy',
        parameters: { name: 'a' },
      });
      if (made.status === 201) return made.body;
      expect(made.status).toBe(404);
    }
  };
  const started = async (): Promise<Run> => {
    const { status, body } = await post('/runs', startBody(await preview()));
    expect(status).toBe(201);
    return body;
  };
  const decide = (run: Run, changes: object = {}, as = owen) =>
    post(
      `/runs/${run.id}/approvals`,
      { decision: 'approved', previewHash: run.preview.hash, ...changes },
      as,
    );
  return { ...api, world, preview, started, decide };
}

describe('the API of approvals', () => {
  it.each([
    { approved: true },
    { confirm: true },
    { confirmed: 'yes' },
    { skipApproval: true },
    { force: true },
    { startedBy: 'user:default/owen' },
    { origin: { kind: 'person' } },
    { approval: { groups: [], count: 0 } },
    { approvals: [{ decision: 'approved', by: 'user:default/owen' }] },
  ])('takes no word for an approval: POST /runs with %j', async flag => {
    const { post, preview, startBody, world, get } = await setup();
    const response = await post('/runs', {
      ...startBody(await preview()),
      ...flag,
    });
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(Object.keys(flag)[0]);
    expect((await get('/runs')).body.total).toBe(0);
    expect(world.executions).toBe(0);
  });

  it('takes none in a preview either, nor in an approval', async () => {
    const { post, started, decide, world } = await setup();
    for (const [parameters, more] of [
      [{ name: 'a' }, { approved: true }],
      [{ name: 'a', approved: true }, {}],
    ]) {
      const made = await post('/previews', {
        runbookId: 'tidy',
        parameters,
        ...more,
      });
      expect(made.status).toBe(400);
      expect(made.body.error.message).toContain('approved');
    }
    const run = await started();
    expect((await decide(run, { by: 'user:default/x' })).status).toBe(400);
    expect((await decide(run, { decision: 'yes' })).status).toBe(400);
    expect(world.executions).toBe(0);
  });

  it('asks, refuses, approves, tells and audits', async () => {
    const { get, started, decide, world, notified, audited } = await setup();
    const run = await started();
    expect(run.state).toBe('waiting');
    expect(notified).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: 'group:default/owners',
          excludeEntityRef: 'user:default/olivia',
        },
        payload: expect.objectContaining({
          title: 'Tidy up waits for your approval',
          link: `/runbooks/runs/${run.id}`,
        }),
      },
    ]);
    const own = await decide(run, {}, olivia);
    expect(own.status).toBe(403);
    expect(own.body.error.message).toContain('nobody approves or denies');
    expect((await decide(run, {}, alice)).status).toBe(403);
    expect((await decide(run, {}, service)).status).toBe(403);
    expect((await decide(run, { previewHash: 'x' })).status).toBe(409);
    expect((await decide(run, { decision: 'denied' })).status).toBe(400);
    expect(world.executions).toBe(0);
    const waiting = await get('/approvals', owen);
    expect(waiting.body.items).toEqual([
      {
        run: expect.objectContaining({ id: run.id }),
        decide: { allowed: true },
      },
    ]);
    expect((await get('/approvals')).body.items[0].decide.allowed).toBe(false);
    const approved = await decide(run, { comment: 'Go.' });
    expect(approved.status).toBe(200);
    let seen = await get(`/runs/${run.id}`);
    while (!seen.body.endedAt) seen = await get(`/runs/${run.id}`);
    expect(seen.body).toMatchObject({
      state: 'succeeded',
      approvals: [{ by: 'user:default/owen', comment: 'Go.' }],
    });
    expect((await decide(run)).status).toBe(409);
    expect(world.executions).toBe(1);
    expect(notified.at(-1)).toMatchObject({
      recipients: { entityRef: 'user:default/olivia' },
      payload: { title: 'Tidy up: approved by owen' },
    });
    expect(audited).toEqual(
      expect.arrayContaining([
        'run-approve: NotAllowedError',
        'run-approve: succeeded',
      ]),
    );
    const { body } = await get(`/runs/${run.id}/audit`);
    const events = body.items.map((entry: { event: string }) => entry.event);
    expect(events).toEqual(expect.arrayContaining(['denied', 'run-approved']));
  });

  it('needs the permission to approve', async () => {
    const { started, decide } = await setup(['runbooks.run.approve']);
    const refused = await decide(await started());
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toBe(
      'You need runbooks.run.approve for tidy on place a of fake main. Ask team-platform.',
    );
  });

  it('pauses and goes on, with the permission only', async () => {
    const denied: string[] = [];
    const { get, post, preview, startBody } = await setup(denied);
    const made = await preview();
    const paused = await post('/pauses', { scope: 'all', reason: 'Tonight.' });
    expect(paused.status).toBe(201);
    const refused = await post('/runs', startBody(made));
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(
      'paused by user:default/olivia',
    );
    denied.push('runbooks.pause');
    expect((await post('/pauses/end', { scope: 'all' })).status).toBe(403);
    expect((await get('/pauses')).body).toMatchObject({
      items: [{ scope: 'all', reason: 'Tonight.' }],
      mayPause: { allowed: false, remedy: 'Ask team-platform.' },
    });
    denied.pop();
    expect((await post('/pauses/end', { scope: 'all' })).body).toEqual({
      ended: true,
    });
    expect((await post('/pauses', { scope: 'all' })).status).toBe(400);
    expect((await post('/runs', startBody(made))).status).toBe(201);
  });
});
