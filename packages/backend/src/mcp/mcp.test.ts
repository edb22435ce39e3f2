import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import runbooksPlugin from '@lakehouse-ops/plugin-runbooks-backend';
import {
  createRunbookAction,
  runbookActionsExtensionPoint,
  runbookFilesExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

jest.setTimeout(120_000);

const file = `
apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata: { name: change-it, title: Change it, description: Changes a thing. }
spec:
  risk: high
  parameters:
    type: object
    required: [name]
    properties: { name: { type: string } }
  target: { system: fake, connection: main, kind: thing, name: '\${{ parameters.name }}' }
  steps:
    - id: change
      title: Change it
      action: fake:change
      input: { name: '\${{ parameters.name }}' }
`;

function change(executed: string[]) {
  return createRunbookAction({
    id: 'fake:change',
    title: 'Change',
    description: 'Changes a thing.',
    verb: 'Change',
    risk: 'high',
    attributes: { readOnly: false, destructive: true, idempotent: false },
    schema: {
      input: z.object({ name: z.string() }),
      output: z.object({}),
    },
    timeout: { minutes: 1 },
    target: ({ name }) => ({
      system: 'fake',
      connection: 'main',
      kind: 'thing',
      name,
    }),
    lockKeys: ({ name }) => [name],
    preflight: async () => ({ allowed: true }),
    preview: async ({ input }) => ({
      content: {
        summary: `Changes ${input.name}`,
        changes: [],
        untouched: [],
        warnings: [],
      },
      fingerprint: {},
    }),
    execute: async ({ input }) => {
      executed.push(input.name);
      return {};
    },
    verify: async () => ({ outcome: 'verified', summary: 'ok', metrics: [] }),
    reconcile: async () => ({ state: 'unknown', reason: '' }),
  });
}

async function setup(denied: string[] = []) {
  const executed: string[] = [];
  const { server } = await startTestBackend({
    features: [
      runbooksPlugin,
      mcpPlugin,
      actionsRegistryServiceFactory,
      actionsServiceFactory,
      createBackendModule({
        pluginId: 'runbooks',
        moduleId: 'fake',
        register(env) {
          env.registerInit({
            deps: {
              actions: runbookActionsExtensionPoint,
              files: runbookFilesExtensionPoint,
            },
            init: async ({ actions, files }) => {
              actions.addActions(change(executed));
              files.addFile({ name: 'change-it.yaml', text: file });
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: { backend: { actions: { pluginSources: ['runbooks'] } } },
      }),
      mockServices.permissions.mock({
        authorize: async asks =>
          asks.map(ask => ({
            result: denied.includes(ask.permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
    ],
  });
  async function rpc(
    method: string,
    params: object,
    authorization = mockCredentials.user.header('user:default/alice'),
  ) {
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('no address');
    const response = await fetch(
      `http://localhost:${address.port}/api/mcp-actions/v1`,
      {
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      },
    );
    const text = await response.text();
    const data = text
      .split('\n')
      .find(line => line.startsWith('data:'))
      ?.slice('data:'.length);
    return JSON.parse(data ?? text);
  }
  async function call(name: string, args: object, authorization?: string) {
    const { result, error } = await rpc(
      'tools/call',
      { name: `runbooks.${name}`, arguments: args },
      authorization,
    );
    return {
      failed: Boolean(error ?? result?.isError),
      text: error?.message ?? result.content[0].text,
    };
  }
  const tools = async () =>
    (await rpc('tools/list', {})).result.tools.map(
      (tool: { name: string }) => tool.name,
    );
  for (let tries = 0; tries < 200; tries++) {
    if ((await tools()).includes('runbooks.run-change-it')) break;
    await sleep(50);
  }
  return { executed, call, tools };
}

/** The JSON in the text of an answer. */
function read(text: string) {
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

describe('runbooks over MCP', () => {
  it('are previewed, wait for the approval of somebody else, and take no shortcut', async () => {
    const { executed, call, tools } = await setup();
    expect(await tools()).toEqual(
      expect.arrayContaining([
        'runbooks.list-runbooks',
        'runbooks.preview-runbook',
        'runbooks.start-run',
        'runbooks.get-run',
        'runbooks.run-change-it',
      ]),
    );
    const previewed = await call('run-change-it', {
      parameters: { name: 'a' },
    });
    expect(previewed.failed).toBe(false);
    const { preview } = read(previewed.text);
    expect(preview).toMatchObject({
      mayExecute: true,
      approval: expect.stringContaining('other than whoever starts it'),
    });
    const start = {
      previewId: preview.previewId,
      previewHash: preview.previewHash,
      idempotencyKey: 'mcp-12345',
    };
    for (const forged of [
      { confirm: true },
      { approved: true },
      { approvals: [{ by: 'user:default/bob' }] },
    ]) {
      for (const name of ['start-run', 'run-change-it']) {
        const refused = await call(name, { ...start, ...forged });
        expect(refused.failed).toBe(true);
      }
    }
    const stale = await call('start-run', { ...start, previewHash: 'other' });
    expect(stale.failed).toBe(true);
    const started = await call('run-change-it', start);
    expect(started.failed).toBe(false);
    const { run } = read(started.text);
    let state = '';
    for (let tries = 0; tries < 100 && state !== 'waiting'; tries++) {
      await sleep(50);
      state = read((await call('get-run', { runId: run.runId })).text).state;
    }
    expect(state).toBe('waiting');
    expect(executed).toEqual([]);
  });

  it('are refused to services, and to people without the permission', async () => {
    const { executed, call } = await setup(['runbooks.run.preview']);
    const denied = await call('run-change-it', { parameters: { name: 'a' } });
    expect(denied.failed).toBe(true);
    expect(denied.text).toContain('runbooks.run.preview');
    const service = await call(
      'run-change-it',
      { parameters: { name: 'a' } },
      mockCredentials.service.header(),
    );
    expect(service.failed).toBe(true);
    expect(service.text).toContain('Only people');
    expect(executed).toEqual([]);
  });
});
