import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import Knex from 'knex';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DatabaseObservationStore } from '../observations/DatabaseObservationStore';
import type { ObservationStore } from '../observations/ObservationStore';
import { createIngestRouter } from './createIngestRouter';
import {
  DEFAULT_INGEST_LIMITS,
  IngestQueue,
  type IngestLimits,
} from './IngestQueue';

jest.setTimeout(240_000);

const MIB = 1024 * 1024;
const EVENTS = 10_000;

/** 38 KB each: all together 380 MB. */
const TEMPLATE = readFileSync(
  join(__dirname, '__fixtures__/client-tags.completed.json'),
  'utf8',
);
const TEMPLATE_ID = JSON.parse(TEMPLATE).metadata.queryId;
const [BEGIN, ...REST] = TEMPLATE.split(TEMPLATE_ID).map(part =>
  Buffer.from(part),
);

type Answer = { status: number; retryAfter?: string } | undefined;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/**
 * What is really held: how much garbage lies about besides is up to the
 * engine, and to how much heap the process that runs all tests may use.
 */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function startIngest(options: {
  store: Pick<ObservationStore, 'record'>;
  limits: IngestLimits;
}) {
  const app = express();
  app.use(
    createIngestRouter({
      connectionIds: new Set(['analytics']),
      queue: IngestQueue.create(options),
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.service(),
        pluginId: 'lakehouse',
      }),
      maxBodyBytes: 16 * MIB,
      maxTextLength: 10_000,
    }),
  );
  app.use(
    (
      error: Error,
      _req: express.Request,
      res: express.Response,
      _next: express.NextFunction,
    ) => {
      res.status(error.name === 'ServiceUnavailableError' ? 503 : 500).end();
    },
  );
  const server = http.createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2_000 });

  const send = (queryId: string) =>
    new Promise<Answer>(resolve => {
      const sending = http.request(
        {
          agent,
          host: '127.0.0.1',
          port,
          path: '/ingest/trino/analytics',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        },
        response => {
          response.resume();
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              retryAfter: response.headers['retry-after'],
            }),
          );
        },
      );
      // Connections beyond the kernel's backlog are not ours to answer.
      sending.on('error', () => resolve(undefined));
      sending.write(BEGIN);
      for (const part of REST) {
        sending.write(queryId);
        sending.write(part);
      }
      sending.end();
    });

  const stop = () => {
    agent.destroy();
    server.close();
  };
  return { send, stop };
}

describe('ingest under pressure', () => {
  it('loses nothing that it acknowledged of 10,000 events at once, in bounded memory', async () => {
    const knex = Knex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    const store = await DatabaseObservationStore.create({
      database: { getClient: async () => knex },
    });
    const { send, stop } = await startIngest({
      store,
      limits: {
        ...DEFAULT_INGEST_LIMITS,
        maxEvents: 500,
        maxBytesInFlight: 8 * MIB,
      },
    });
    const refused = new Set<string>();
    // As Trino does: again on 503 and on a broken connection.
    const deliver = async (queryId: string) => {
      for (;;) {
        const answer = await send(queryId);
        if (answer?.status === 200) return;
        if (answer) refused.add(JSON.stringify(answer));
        await sleep(200 + Math.random() * 2_000);
      }
    };

    const heldBefore = heldBytes();
    let heldPeak = heldBefore;
    const sampler = setInterval(() => {
      heldPeak = Math.max(heldPeak, heldBytes());
    }, 1_000);
    await Promise.all(
      Array.from({ length: EVENTS }, (_, index) => deliver(`load_${index}`)),
    );
    clearInterval(sampler);
    stop();

    const [{ count }] = await knex('queries').count({ count: '*' });
    await knex.destroy();
    expect(Number(count)).toBe(EVENTS);
    refused.delete(JSON.stringify({ status: 503, retryAfter: '1' }));
    expect([...refused]).toEqual([]);
    // The 2,000 senders and the database live in this process too.
    expect((heldPeak - heldBefore) / MIB).toBeLessThan(200);
  });

  it('asks what exceeds the limits to come again in a second', async () => {
    let commit = () => {};
    const recorded: unknown[] = [];
    const { send, stop } = await startIngest({
      store: {
        record: batch =>
          new Promise<void>(resolve => {
            commit = () => {
              recorded.push(...batch);
              resolve();
            };
          }),
      },
      limits: { ...DEFAULT_INGEST_LIMITS, maxEvents: 20, maxWaitMs: 1_000 },
    });
    const answers: Answer[] = [];
    const sending = Array.from({ length: 100 }, (_, index) =>
      send(`busy_${index}`).then(answer => answers.push(answer)),
    );
    while (answers.length < 80) await sleep(10);
    await sleep(1_200);
    expect(answers).toHaveLength(80);
    for (const answer of answers) {
      expect(answer).toEqual({ status: 503, retryAfter: '1' });
    }
    expect(recorded).toHaveLength(0);
    commit();
    await Promise.all(sending);
    expect(recorded).toHaveLength(20);
    expect(answers.filter(answer => answer?.status === 200)).toHaveLength(20);
    stop();
  });
});
