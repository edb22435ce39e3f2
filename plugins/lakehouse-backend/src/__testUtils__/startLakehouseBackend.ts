import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type {
  EventParams,
  EventsServiceSubscribeOptions,
} from '@backstage/plugin-events-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import Knex from 'knex';
import { lakehousePlugin } from '../plugin';
import {
  fakeTrinoConnection,
  fakeTrinoConnectionsFactory,
} from './fakeTrinoConnections';

/** A backend with nothing but the plugin, a database in memory and a fake connection. */
export async function startLakehouseBackend(
  options: {
    connections?: readonly TrinoConnection[];
    config?: Parameters<typeof mockServices.rootConfig.factory>[0];
    allow?: (request: AuthorizePermissionRequest) => boolean;
  } = {},
) {
  const {
    connections = [fakeTrinoConnection({ id: 'analytics' })],
    allow = () => true,
  } = options;
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    // As Backstage has it: one connection, on which all wait for each other.
    pool: { min: 1, max: 1 },
    acquireConnectionTimeout: 500,
  });
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    })),
  });
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn(async requests =>
      requests.map((request: AuthorizePermissionRequest) => ({
        result: allow(request) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      })),
    ),
  });
  const signals = { publish: jest.fn(async () => {}) };
  const events = {
    publish: jest.fn(async (_: EventParams) => {}),
    subscribe: jest.fn(async (_: EventsServiceSubscribeOptions) => {}),
  };
  const scheduler = mockServices.scheduler.mock();
  const backend = await startTestBackend({
    features: [
      lakehousePlugin,
      fakeTrinoConnectionsFactory(connections),
      mockServices.rootConfig.factory(options.config),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      auditor.factory,
      permissions.factory,
      scheduler.factory,
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => signals,
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events,
      }),
    ],
  });
  return {
    server: backend.server,
    knex,
    auditor,
    permissions,
    signals,
    events,
    scheduler,
    stop: async () => {
      await backend.stop();
      await knex.destroy();
    },
  };
}

export const asUser = { authorization: mockCredentials.user.header() };
export const asService = { authorization: mockCredentials.service.header() };
