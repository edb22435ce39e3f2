import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  CACHE_FILL_BOUNDS_MS,
  type CacheTelemetryReport,
} from '@lakehouse-ops/plugin-lakehouse-common';
import request from 'supertest';
import { StorageOutages } from '../../observations/StorageOutages';
import type { Observation } from '../../observations/Observation';
import { createCacheIngestRouter } from './createCacheIngestRouter';

jest.setTimeout(60_000);

const NOW = new Date('2026-11-21T12:00:00Z');
const asService = { authorization: mockCredentials.service.header() };
const asUser = { authorization: mockCredentials.user.header() };
const prefix = {
  prefix: 'personal-api:commits:',
  hits: 90,
  misses: 10,
  writes: 4,
  deletes: 1,
  duplicateMisses: 6,
  fill: {
    counts: CACHE_FILL_BOUNDS_MS.map(bound => (bound === 100 ? 4 : 0)).concat(
      0,
    ),
  },
  hotKeys: [{ key: 'personal-api:commits:2024', concurrentMisses: 7 }],
};
const report: CacheTelemetryReport = {
  version: 1,
  instance: 'host:12:1',
  source: 'personal-api',
  windowStart: '2026-11-21T11:59:40Z',
  windowEnd: '2026-11-21T11:59:50Z',
  prefixes: [prefix],
  prefixesCutOff: 0,
};

describe('POST /ingest/cache/:connection', () => {
  const record = jest.fn(async (_: readonly Observation[]) => {});
  const notifier = { notify: jest.fn() };
  const outages = new StorageOutages();
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'lakehouse',
          register(env) {
            env.registerInit({
              deps: {
                httpAuth: coreServices.httpAuth,
                httpRouter: coreServices.httpRouter,
                logger: coreServices.logger,
              },
              async init({ httpAuth, httpRouter, logger }) {
                httpRouter.use(
                  createCacheIngestRouter({
                    connectionIds: new Set(['main']),
                    store: { record },
                    outages,
                    notifier,
                    httpAuth,
                    logger,
                    now: () => NOW,
                  }),
                );
              },
            });
          },
        }),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    record.mockReset().mockImplementation(async () => {});
    notifier.notify.mockClear();
  });

  const post = (
    body: unknown,
    options: { headers?: object; connection?: string } = {},
  ) =>
    request(backend.server)
      .post(`/api/lakehouse/ingest/cache/${options.connection ?? 'main'}`)
      .set({
        'content-type': 'application/json',
        ...(options.headers ?? asService),
      })
      .send(typeof body === 'string' ? body : JSON.stringify(body));

  it('records a window with what can be summed, and tells pages', async () => {
    expect((await post(report)).status).toBe(204);
    expect(record).toHaveBeenCalledWith([
      {
        type: 'CacheUseReported',
        connection: 'main',
        instance: 'host:12:1',
        source: 'personal-api',
        prefixes: [
          {
            prefix: 'personal-api:commits:',
            use: {
              at: '2026-11-21T11:59:50.000Z',
              windowSeconds: 10,
              hits: 90,
              misses: 10,
              writes: 4,
              deletes: 1,
              duplicateMisses: 6,
              fillMs: { p50: 75, p99: 99.5 },
            },
            fillCounts: prefix.fill.counts,
            hotKeys: prefix.hotKeys,
          },
        ],
      },
    ]);
    expect(notifier.notify).toHaveBeenCalledWith('main', 'cache');
  });

  it('says the same of a window that is sent again', async () => {
    await post(report);
    await post(report);
    expect(record.mock.calls[1]).toEqual(record.mock.calls[0]);
  });

  it('refuses who has no service token', async () => {
    expect((await post(report, { headers: {} })).status).toBe(401);
    expect((await post(report, { headers: asUser })).status).toBe(403);
    expect(record).not.toHaveBeenCalled();
  });

  it('refuses what is for no connection', async () => {
    const answer = await post(report, { connection: 'other' });
    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toContain("no Redis connection 'other'");
  });

  it.each([
    ['prefixes.0.hits', { ...report, prefixes: [{ ...prefix, hits: -1 }] }],
    [
      'prefixes.0.misses',
      { ...report, prefixes: [{ ...prefix, misses: 1.5 }] },
    ],
    [
      'prefixes.0.duplicateMisses',
      { ...report, prefixes: [{ ...prefix, misses: 5 }] },
    ],
    [
      'prefixes.0.fill.counts',
      { ...report, prefixes: [{ ...prefix, fill: { counts: [1] } }] },
    ],
    ['prefixes', { ...report, prefixes: [prefix, prefix] }],
    [
      'prefixes',
      {
        ...report,
        prefixes: Array.from({ length: 202 }, (_, i) => ({
          ...prefix,
          prefix: `p${i}:`,
        })),
      },
    ],
    ['instance', { ...report, instance: '' }],
    ['windowEnd', { ...report, windowEnd: report.windowStart }],
    ['windowEnd', { ...report, windowEnd: '2026-11-21T12:20:00Z' }],
    ['version', { ...report, version: 2 }],
    ['the body', [report]],
  ])('refuses a wrong report and names %s', async (field, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(`${field}: `);
    expect(record).not.toHaveBeenCalled();
  });

  it('refuses what is not JSON or not said to be', async () => {
    expect((await post('<html>')).status).toBe(400);
    const text = await post(report, {
      headers: { ...asService, 'content-type': 'text/plain' },
    });
    expect(text.status).toBe(415);
  });

  it('takes a clock that is some minutes off, and tells of one that is further off', async () => {
    const at = (windowStart: string, windowEnd: string) =>
      post({ ...report, windowStart, windowEnd });
    const ahead = await at('2026-11-21T12:04:00Z', '2026-11-21T12:04:10Z');
    expect(ahead.status).toBe(204);
    const late = await at(
      '2026-11-20T13:00:00+01:00',
      '2026-11-20T13:00:10+01:00',
    );
    expect(late.status).toBe(204);
    const off = await at('2026-11-21T12:06:00Z', '2026-11-21T12:06:10Z');
    expect(off.status).toBe(400);
    expect(off.body.error.message).toContain("check the sender's clock");
  });

  it('refuses more than 256 KiB', async () => {
    const answer = await post({ ...report, padding: 'x'.repeat(256 * 1024) });
    expect(answer.status).toBe(413);
    expect(answer.body.error.message).toContain('Tell fewer prefixes apart');
  });

  it('shows no control characters of keys', async () => {
    await post({ ...report, prefixes: [{ ...prefix, prefix: 'a\u0000b:' }] });
    expect(record.mock.calls[0][0]).toMatchObject([
      { prefixes: [{ prefix: 'a\uFFFDb:' }] },
    ]);
  });

  it('asks to come again while the store is away, and records the gap after', async () => {
    record.mockRejectedValueOnce(new Error('insert … - disk is full'));
    const refused = await post(report);
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body.error.message).toContain('disk is full');
    expect(notifier.notify).not.toHaveBeenCalled();
    expect(outages.current('main')).toHaveLength(1);

    expect((await post(report)).status).toBe(204);
    expect(record.mock.calls[1][0]).toMatchObject([
      {
        type: 'GapOpened',
        gap: { subject: 'cache.telemetry', until: expect.any(String) },
      },
      { type: 'CacheUseReported' },
    ]);
    expect(outages.current('main')).toEqual([]);
  });
});
