import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import type { Preview } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import request from 'supertest';
import { runbooksPlugin } from '../plugin';
import { fakeModule } from './fakeModule';
import { neighbours } from './neighbours';

/** The plugin in a backend of its own, and hands to call its API with. */
export async function startApi(options: {
  /** The header of whoever calls, unless another is given with the call. */
  caller: string;
  actions: RunbookAction[];
  files?: Readonly<Record<string, string>>;
  /** Names of permissions that nobody has; may be changed at any time. */
  denied?: readonly string[];
  /** What is answered about lists, of permissions that are not denied. */
  conditional?: QueryPermissionResponse;
  features?: readonly BackendFeature[];
}) {
  const { caller, actions, files, denied = [] } = options;
  const { conditional = { result: AuthorizeResult.ALLOW } } = options;
  const { features, ...told } = neighbours();
  const { server } = await startTestBackend({
    features: [
      runbooksPlugin,
      fakeModule({ actions, files }),
      mockServices.rootConfig.factory({
        data: { runbooks: { deniedHelp: 'Ask team-platform.' } },
      }),
      mockServices.permissions.mock({
        authorize: async asks =>
          asks.map(ask => ({
            result: denied.includes(ask.permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async asks =>
          asks.map(ask =>
            denied.includes(ask.permission.name)
              ? { result: AuthorizeResult.DENY }
              : conditional,
          ),
      }).factory,
      ...features,
      ...(options.features ?? []),
    ],
  });
  return {
    ...told,
    get: (path: string, authorization = caller) =>
      request(server)
        .get(`/api/runbooks${path}`)
        .set('authorization', authorization),
    post: (path: string, body: object, authorization = caller) =>
      request(server)
        .post(`/api/runbooks${path}`)
        .set('authorization', authorization)
        .send(body),
    /** What starts a preview, as one click. */
    startBody: (made: Preview) => ({
      previewId: made.id,
      previewHash: made.hash,
      idempotencyKey: `click-${made.id}`,
    }),
  };
}
