import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  LAKEHOUSE_TABLE_CHANGED_TOPIC,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  type TrinoConnections,
  trinoConnectionsServiceRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import runbooksPlugin from '@lakehouse-ops/plugin-runbooks-backend';
import {
  isFinalRunState,
  type Preview,
  type Run,
  RunbooksClient,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbookFilesExtensionPoint } from '@lakehouse-ops/plugin-runbooks-node';
import { runbooksModuleLakehouse } from '../module';

/** A whole backend with the Runbooks plugin and this module, and a client of its API. */
export async function startRunbooks(options: {
  connections?: TrinoConnections;
  config?: JsonObject;
  /** Runbook files besides the shipped ones. */
  files?: ReadonlyArray<{ name: string; text: string }>;
}) {
  const { connections, config = {}, files = [] } = options;
  const changed: unknown[] = [];
  const { server } = await startTestBackend({
    features: [
      runbooksPlugin,
      runbooksModuleLakehouse,
      moduleOfFiles(files),
      mockServices.rootConfig.factory({ data: config }),
      mockServices.events.mock({
        publish: async ({ topic, eventPayload }) => {
          if (topic === LAKEHOUSE_TABLE_CHANGED_TOPIC) {
            changed.push(eventPayload);
          }
        },
      }).factory,
      ...(connections
        ? [
            createServiceFactory({
              service: trinoConnectionsServiceRef,
              deps: {},
              factory: () => connections,
            }),
          ]
        : []),
    ],
  });
  const clientOf = (person?: string) =>
    new RunbooksClient({
      discoveryApi: {
        getBaseUrl: async () =>
          `http://localhost:${server.port()}/api/runbooks`,
      },
      fetchApi: {
        fetch: (url, init) =>
          fetch(url, {
            ...init,
            headers: {
              ...init?.headers,
              authorization: mockCredentials.user.header(person),
            },
          }),
      },
    });
  const client = clientOf();

  /** Waits for a run to reach something, and fails when it ends before. */
  async function until(
    id: string,
    reached: (run: Run, lines: readonly string[]) => boolean,
  ): Promise<{ run: Run; lines: string[] }> {
    const lines: string[] = [];
    let after = 0;
    for (;;) {
      const { items, run } = await client.getRunEvents(id, {
        after,
        waitSeconds: 5,
      });
      lines.push(...items.map(item => item.message));
      after = items.at(-1)?.sequence ?? after;
      if (reached(run, lines)) return { run, lines };
      if (isFinalRunState(run.state) && items.length === 0) {
        throw new Error(`Ended before: ${JSON.stringify({ run, lines })}`);
      }
    }
  }

  async function start(preview: Preview): Promise<Run> {
    return client.startRun({
      previewId: preview.id,
      previewHash: preview.hash,
      idempotencyKey: `test-${preview.id}`,
    });
  }

  return {
    client,
    /** The same API as somebody else. */
    clientOf,
    changed,
    start,
    until,
    preview: (runbookId: string, parameters: JsonObject) =>
      client.createPreview({ runbookId, parameters }),
    ended: (id: string) => until(id, run => isFinalRunState(run.state)),
    tableOf: ({ connection, catalog, schema, table }: TableRef) => ({
      connection,
      catalog,
      schema,
      table,
    }),
  };
}

function moduleOfFiles(files: ReadonlyArray<{ name: string; text: string }>) {
  return createBackendModule({
    pluginId: 'runbooks',
    moduleId: 'files-of-a-test',
    register(env) {
      env.registerInit({
        deps: { runbooks: runbookFilesExtensionPoint },
        async init({ runbooks }) {
          for (const file of files) runbooks.addFile(file);
        },
      });
    },
  });
}
