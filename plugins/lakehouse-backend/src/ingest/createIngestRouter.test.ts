import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import request from 'supertest';
import {
  asService,
  asUser,
  startLakehouseBackend,
} from '../__testUtils__/startLakehouseBackend';

jest.setTimeout(120_000);

const PATH = '/api/lakehouse/ingest/trino/analytics';
const MIB = 1024 * 1024;
const fixture = (name: string) =>
  readFileSync(join(__dirname, '__fixtures__', `${name}.json`));

describe('POST /ingest/trino/:connection', () => {
  let backend: Awaited<ReturnType<typeof startLakehouseBackend>>;

  beforeAll(async () => {
    backend = await startLakehouseBackend();
  });

  afterAll(() => backend.stop());

  beforeEach(() => backend.knex('queries').delete());

  const post = (body: Buffer | string, headers: object = asService) =>
    request(backend.server)
      .post(PATH)
      .set({ 'content-type': 'application/json', ...headers })
      .send(body.toString());
  const stored = () => backend.knex('queries').select('*');

  it('takes real events, in any order and again, into one row', async () => {
    for (const name of [
      'select.completed',
      'select.created',
      'select.completed',
    ]) {
      expect((await post(fixture(name))).status).toBe(200);
    }
    const rows = await stored();
    expect(rows).toHaveLength(1);
    const found = await request(backend.server)
      .get(
        '/api/lakehouse/trino/analytics/queries/by-id/20261121_081642_00409_s72fr',
      )
      .set(asUser);
    expect(found.body).toMatchObject({
      state: 'FINISHED',
      wallMs: 517,
      observedBy: ['listener'],
    });
  });

  it('tells pages and the table collector what changed', async () => {
    backend.events.publish.mockClear();
    await post(fixture('optimize.completed'));
    expect(backend.signals.publish).toHaveBeenCalledWith(
      expect.objectContaining({
        message: expect.objectContaining({
          connection: 'analytics',
          kind: 'queries',
        }),
      }),
    );
    expect(backend.events.publish).toHaveBeenCalledWith({
      topic: 'lakehouse.table-changed',
      eventPayload: {
        connection: 'analytics',
        catalog: 'iceberg',
        schema: 't',
        table: 'ev',
      },
    });
    backend.events.publish.mockClear();
    await post(fixture('select.completed'));
    await post(fixture('killed-procedure.completed'));
    expect(backend.events.publish).not.toHaveBeenCalled();
  });

  it('tells no page of our own queries, but the table collector of their writes', async () => {
    await new Promise(resolve => {
      setTimeout(resolve, 1_100);
    });
    backend.signals.publish.mockClear();
    backend.events.publish.mockClear();
    const own = fixture('optimize.completed')
      .toString()
      .replace('"source": "tq"', '"source": "lakehouse-ops"');
    expect(own).toContain('lakehouse-ops');
    expect((await post(own)).status).toBe(200);
    expect(backend.signals.publish).not.toHaveBeenCalled();
    expect(backend.events.publish).toHaveBeenCalledTimes(1);
  });

  it('refuses who has no service token', async () => {
    const body = fixture('select.created');
    expect((await post(body, {})).status).toBe(401);
    expect((await post(body, asUser)).status).toBe(403);
    expect(await stored()).toEqual([]);
  });

  it('refuses what is for no connection', async () => {
    const answer = await request(backend.server)
      .post('/api/lakehouse/ingest/trino/other')
      .set({ 'content-type': 'application/json', ...asService })
      .send('{}');
    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toContain("no Trino connection 'other'");
  });

  it('refuses what is not JSON, half of it, or no event', async () => {
    const text = await post('hello', {
      ...asService,
      'content-type': 'text/plain',
    });
    expect(text.status).toBe(415);
    const packed = await post('hello', {
      ...asService,
      'content-encoding': 'gzip',
    });
    expect(packed.status).toBe(415);
    const broken = await post('<html>');
    expect(broken.status).toBe(400);
    expect(broken.body.error.message).toContain('not JSON at byte 0');
    const half = fixture('select.completed');
    const cut = await post(half.subarray(0, half.length / 2).toString());
    expect(cut.status).toBe(400);
    expect(cut.body.error.message).toContain('ends too early');
    expect((await post('{"a":1}')).status).toBe(400);
    expect(await stored()).toEqual([]);
  });

  it('takes 15 MB, refuses 20 MB so that the sender can read why', async () => {
    const event = (padding: number) =>
      JSON.stringify({
        metadata: { queryId: 'big', payload: 'x'.repeat(padding) },
      });
    expect((await post(event(15 * MIB))).status).toBe(200);
    const declared = await post(event(20 * MIB));
    expect(declared.status).toBe(413);
    expect(declared.headers.connection).toBe('close');
    expect(declared.body.error.message).toContain('larger than 16777216 bytes');

    const { port } = backend.server.address() as AddressInfo;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const chunked = http.request(
        {
          port,
          path: PATH,
          method: 'POST',
          headers: { 'content-type': 'application/json', ...asService },
        },
        response => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      chunked.on('error', reject);
      for (let sent = 0; sent < 20; sent += 1) {
        chunked.write(Buffer.alloc(MIB, ' '));
      }
      chunked.end();
    });
    expect(status).toBe(413);
    expect((await post(fixture('select.created'))).status).toBe(200);
  });

  it('asks to come again while the database is away, and shows the gap after', async () => {
    await backend.knex.schema.renameTable('queries', 'queries_away');
    const refused = await post(fixture('insert.completed'));
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body.error.message).toContain('no such table: queries');
    expect(refused.body.error.message).not.toContain('select');
    await backend.knex.schema.renameTable('queries_away', 'queries');

    expect((await post(fixture('insert.completed'))).status).toBe(200);
    expect(await stored()).toHaveLength(1);
    const page = await request(backend.server)
      .get('/api/lakehouse/trino/analytics/queries')
      .query({ from: new Date(Date.now() - 60_000).toISOString() })
      .set(asUser);
    expect(page.body.gaps).toEqual([
      expect.objectContaining({
        subject: 'query-events',
        code: 'storage',
        until: expect.any(String),
      }),
    ]);
  });
});
