import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import runbooksPlugin from '@lakehouse-ops/plugin-runbooks-backend';
import {
  isFinalRunState,
  type Run,
  RunbooksClient,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  FIRST_LINE,
  noopRunbooks,
  noopTemplate,
  noopTemplateAction,
  TEMPLATE,
} from './noops';

const LOOK_EVERY_MS = 250;

/** The Runbooks backend and the Scaffolder in one process, on one PostgreSQL. */
export class Engines {
  readonly #backend: ReturnType<typeof createBackend>;
  readonly #url: string;
  readonly #client: RunbooksClient;
  #started = 0;

  static async start(options: {
    postgresUrl: string;
    prefix: string;
  }): Promise<Engines> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const backend = createBackend();
    const features = [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: url },
          backend: {
            baseUrl: url,
            listen: { host: '127.0.0.1', port },
            database: {
              client: 'pg',
              prefix: options.prefix,
              connection: options.postgresUrl,
            },
          },
        },
      }),
      mockServices.rootLogger.factory({ level: 'error' }),
      mockServices.auth.factory(),
      mockServices.httpAuth.factory(),
      mockServices.userInfo.factory(),
      mockServices.permissions.factory(),
      catalogServiceMock.factory({ entities: [noopTemplate] }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
      runbooksPlugin,
      noopRunbooks,
      noopTemplateAction,
    ];
    for (const feature of features) backend.add(feature);
    backend.add(import('@backstage/plugin-scaffolder-backend'));
    await backend.start();
    return new Engines(backend, url);
  }

  private constructor(backend: ReturnType<typeof createBackend>, url: string) {
    this.#backend = backend;
    this.#url = url;
    this.#client = new RunbooksClient({
      discoveryApi: { getBaseUrl: async id => `${url}/api/${id}` },
      fetchApi: { fetch: (at, init) => this.#fetch(String(at), init) },
    });
  }

  /** Milliseconds from the start of a run to its first line, as its reader gets them. */
  async firstLineOfRun(): Promise<number> {
    const { id, startedMs } = await this.#startRun('bench:noop');
    let after = 0;
    for (;;) {
      const { items, run } = await this.#client.getRunEvents(id, {
        after,
        waitSeconds: 10,
      });
      if (items.some(({ message }) => message === FIRST_LINE)) {
        const taken = performance.now() - startedMs;
        await this.#ended(id);
        return taken;
      }
      after = items.at(-1)?.sequence ?? after;
      if (isFinalRunState(run.state) && items.length === 0) {
        throw new Error(`The run wrote no line: ${JSON.stringify(run.error)}`);
      }
    }
  }

  /** Milliseconds from the first to the last thing that a run did, as it tells itself. */
  async wholeRun(runbookId: string): Promise<number> {
    const { id } = await this.#startRun(runbookId);
    const { startedAt = '', endedAt = '' } = await this.#ended(id);
    return Date.parse(endedAt) - Date.parse(startedAt);
  }

  /** Milliseconds from the start of a task to its first line, as its reader gets them. */
  async firstLineOfTask(): Promise<number> {
    const startedMs = performance.now();
    const created = await this.#fetch(`${this.#url}/api/scaffolder/v2/tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ templateRef: TEMPLATE, values: {} }),
    });
    if (!created.ok) throw new Error(await created.text());
    const { id } = await created.json();
    const stream = await this.#fetch(
      `${this.#url}/api/scaffolder/v2/tasks/${id}/eventstream`,
    );
    const reader = stream.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    let taken: number | undefined;
    while (reader) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: true });
      if (taken === undefined && text.includes(FIRST_LINE)) {
        taken = performance.now() - startedMs;
      }
      if (done || text.includes('event: completion')) break;
    }
    await reader?.cancel();
    if (taken === undefined) throw new Error(`The task wrote no line: ${text}`);
    return taken;
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }

  async #startRun(runbookId: string) {
    this.#started += 1;
    const preview = await this.#client.createPreview({
      runbookId,
      parameters: { target: `target-${this.#started}` },
    });
    const startedMs = performance.now();
    const { id } = await this.#client.startRun({
      previewId: preview.id,
      previewHash: preview.hash,
      idempotencyKey: `bench-${preview.id}`,
    });
    return { id, startedMs };
  }

  /** Looks seldom, so that looking is not what is measured. */
  async #ended(id: string): Promise<Run> {
    for (;;) {
      const run = await this.#client.getRun(id);
      if (run.state === 'succeeded') return run;
      if (isFinalRunState(run.state)) {
        throw new Error(`A run ended ${run.state}: ${run.error?.message}`);
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  #fetch(url: string, init?: RequestInit): Promise<Response> {
    return fetch(url, {
      ...init,
      headers: {
        ...init?.headers,
        authorization: mockCredentials.user.header(),
      },
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port');
  return address.port;
}
