import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  isFinalRunState,
  type Preview,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { RunbooksConfig } from '../config/readRunbooksConfig';
import { ActionRegistry } from '../engine/ActionRegistry';
import { createRunbooksEngine } from '../engine/RunbooksEngine';
import { DatabaseResponses } from '../approvals/DatabaseResponses';
import { DefaultCredentialKeeper } from '../credentials/DefaultCredentialKeeper';
import { DatabasePauses } from '../pauses/DatabasePauses';
import {
  RunPermissions,
  type UserCredentials,
} from '../permissions/RunPermissions';
import { LockQueue } from '../store/LockQueue';
import { DatabaseRunStore } from '../store/DatabaseRunStore';
import type { RunStore } from '../store/RunStore';

export const alice = mockCredentials.user('user:default/alice');
export const bob = mockCredentials.user('user:default/bob');

export const quickConfig: RunbooksConfig = {
  deniedHelp: 'Ask team-platform.',
  maxConcurrentRuns: 10,
  maxUnfinishedRuns: 50,
  maxEventsPerRun: 10_000,
  previewTtlMs: 60_000,
  leaseMs: 300,
  reconcileEveryMs: 1000,
  reconcileIntervalMs: 20,
  reconcilePatienceMs: 500,
  shutdownGraceMs: 50,
  keepLogsMs: 60_000,
  maxQueueMs: 60_000,
  personWaitMs: 60_000,
  limits: new Map(),
  actionApproval: {
    fromRisk: undefined,
    rule: { groups: [], count: 1, expiresAfterMs: 60_000 },
  },
  targets: {
    annotations: [],
    environmentKey: 'environment',
    environments: new Map(),
  },
};

/** A store whose process can be made to die: from then on nothing returns and nothing is written. */
export function mortal(store: RunStore): { store: RunStore; kill(): void } {
  let dead = false;
  return {
    kill: () => {
      dead = true;
    },
    store: new Proxy(store, {
      get(target, property) {
        const value = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          dead ? new Promise(() => {}) : value.apply(target, args);
      },
    }),
  };
}

/** What an engine keeps in a database besides runs. */
export async function createEngineParts(knex: Knex) {
  const database = { getClient: async () => knex };
  const logger = mockServices.logger.mock();
  return {
    responses: await DatabaseResponses.create({ database }),
    pauses: await DatabasePauses.create({ database }),
    lockQueue: await LockQueue.create({ database, logger }),
    credentials: await DefaultCredentialKeeper.create({
      database,
      auth: mockServices.auth({ pluginId: 'runbooks' }),
      logger,
      // Another engine on the same database goes on as the same people.
      secretKey: 'only for tests, and long enough for that',
    }),
    ownership: {
      refsOf: async ({ principal }: UserCredentials) => [
        principal.userEntityRef,
      ],
    },
  };
}

/** An engine on a real database, with actions that tests control. */
export async function startEngine(options: {
  knex: Knex;
  actions: RunbookAction[];
  config?: Partial<RunbooksConfig>;
  permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  parts?: Partial<Parameters<typeof createRunbooksEngine>[0]>;
  /** Stands between the engine and its store. */
  wrapStore?: (store: RunStore) => RunStore;
}) {
  const config = { ...quickConfig, ...options.config };
  const realStore = await DatabaseRunStore.create({
    database: { getClient: async () => options.knex },
  });
  const { wrapStore = store => store } = options;
  const { store: mortalStore, kill } = mortal(realStore);
  const store = wrapStore(mortalStore);
  const registry = new ActionRegistry();
  registry.add(options.actions);
  const result = options.permission ?? AuthorizeResult.ALLOW;
  const announced: string[] = [];
  const parts = await createEngineParts(options.knex);
  const all = { ...parts, ...options.parts };
  const engine = createRunbooksEngine({
    ...all,
    registry,
    store,
    config,
    logger: mockServices.logger.mock(),
    permissions: RunPermissions.create({
      permissions: mockServices.permissions.mock({
        authorize: async requests => requests.map(() => ({ result })),
        authorizeConditional: async requests =>
          requests.map(() => ({ result })),
      }),
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () => ({
          getRuleByName: () => {
            throw new Error('not used here');
          },
        }),
      }),
      deniedHelp: config.deniedHelp,
    }),
    ownCredentials: async () => mockCredentials.service(),
    announce: run => announced.push(run.state),
  });

  async function preview(
    parameters: Record<string, string> = { name: 'a' },
    credentials = alice,
  ): Promise<Preview> {
    return engine.previews.make({
      runbookId: options.actions[0].id,
      parameters,
      credentials,
    });
  }

  async function start(
    made: Preview,
    key: string = made.id,
    credentials = alice,
  ): Promise<Run> {
    return engine.starter.start({
      previewId: made.id,
      previewHash: made.hash,
      idempotencyKey: key,
      credentials,
    });
  }

  async function until(
    id: string,
    reached: (run: Run) => boolean,
  ): Promise<Run> {
    for (let tries = 0; tries < 500; tries++) {
      const record = await realStore.getRun(id);
      if (record && reached(record.run)) return record.run;
      await sleep(10);
    }
    const record = await realStore.getRun(id);
    throw new Error(`Not reached: ${JSON.stringify(record?.run)}`);
  }

  return {
    ...engine,
    kill,
    /** What its steps ask before they go on. */
    gatePauses: all.pauses,
    credentialKeeper: all.credentials,
    announced,
    preview,
    start,
    until,
    ended: (id: string) => until(id, run => isFinalRunState(run.state)),
    log: async (id: string) =>
      (await realStore.getEvents({ runId: id, after: 0, limit: 100_000 })).map(
        event => event.message,
      ),
    realStore,
  };
}
