import { ConfigReader } from '@backstage/config';
import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import fc from 'fast-check';
import { linksOf, type LinkSubject } from './linksOf';
import { linksOfQuery } from './linksOfQuery';
import type { LinkPlace } from './LinkTemplate';
import { readLinkTemplates } from './readLinkTemplates';

const ID = '0af7651916cd43dd8448eb211c80319c';

const templates = (...links: Array<[on: LinkPlace, url: string]>) =>
  readLinkTemplates(
    new ConfigReader({
      lakehouse: { links: links.map(([on, url]) => ({ title: url, on, url })) },
    }),
  );

const subject: LinkSubject = {
  connection: 'analytics',
  from: '2026-11-21T10:00:00.000Z',
  to: '2026-11-21T12:00:00+01:00',
  queryId: '20261121_100000_00001_abcde',
  user: 'alice@example.com',
  source: 'a b/c?d&e#f"ü',
  traceToken: `00-${ID}-b7ad6b7169203331-01`,
  namespace: 'trino',
  name: 'trino-worker',
};

const urlOf = (
  on: LinkPlace,
  url: string,
  changes: Partial<LinkSubject> = {},
) => linksOf(templates([on, url]), on, { ...subject, ...changes })?.[0].url;

describe('linksOf', () => {
  it.each<[LinkPlace, string, string]>([
    ['cluster', '{connection}', 'analytics'],
    ['cache', '{fromMs}/{toMs}', '1795255200000/1795258800000'],
    [
      'cluster',
      '?from={from}&to={to}',
      '?from=2026-11-21T10%3A00%3A00.000Z&to=2026-11-21T11%3A00%3A00.000Z',
    ],
    ['query', '{queryId}', '20261121_100000_00001_abcde'],
    ['query', '?u={user}', '?u=alice%40example.com'],
    ['query', '{source}', 'a%20b%2Fc%3Fd%26e%23f%22%C3%BC'],
    ['query', 'trace/{traceId}', `trace/${ID}`],
    ['workload', '{namespace}/{name}', 'trino/trino-worker'],
    ['cluster', 'd/x#fixed', 'd/x#fixed'],
  ])('on a %s: %s is %s', (on, path, filled) => {
    expect(urlOf(on, `https://g.example/${path}`)).toBe(
      `https://g.example/${filled}`,
    );
  });

  it.each<[string, LinkPlace, string, Partial<LinkSubject>]>([
    ['no trace', 'query', '{traceId}', { traceToken: undefined }],
    ['a token that is no trace', 'query', '{traceId}', { traceToken: 'abc' }],
    ['no user', 'query', '{queryId}?{user}', { user: undefined }],
    ['an empty source', 'query', '{source}', { source: '' }],
    ['a source that climbs', 'query', 'd/{source}/x', { source: '..' }],
    ['a time that is none', 'cluster', '{toMs}', { to: 'soon' }],
    ['a time beyond all', 'cluster', '{to}', { marginMs: 1e300 }],
  ])('leaves a link out for %s', (_, on, path, changes) => {
    expect(urlOf(on, `https://g.example/${path}`, changes)).toBeUndefined();
  });

  it('gives those of the place that can be filled, in their order', () => {
    const all = templates(
      ['query', 'https://g.example/{source}'],
      ['cluster', 'https://g.example/c'],
      ['query', 'https://g.example/{traceId}'],
      ['query', 'https://g.example/{queryId}'],
    );
    const links = linksOf(all, 'query', { ...subject, traceToken: undefined });
    expect(links?.map(({ title }) => title)).toEqual([
      'https://g.example/{source}',
      'https://g.example/{queryId}',
    ]);
    expect(linksOf(all, 'workload', subject)).toBeUndefined();
  });

  it('lets no value change the site, the page or another parameter', () => {
    const [template] = templates([
      'query',
      'https://g.example/d/{source}?s={source}&end=1#{source}',
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), source => {
        const link = linksOf([template], 'query', { ...subject, source })?.[0];
        if (!link) return source === '' || /^\.{1,2}$/.test(source);
        const url = new URL(link.url);
        expect(url.origin).toBe('https://g.example');
        expect(url.pathname).toMatch(/^\/d\/[^/]+$/);
        expect([...url.searchParams.keys()]).toEqual(['s', 'end']);
        expect(url.searchParams.get('s')).toBe(Buffer.from(source).toString());
        return true;
      }),
    );
  });

  it('writes half a character as one that is not known', () => {
    expect(
      urlOf('query', 'https://g.example/{source}', { source: '\ud800' }),
    ).toBe('https://g.example/%EF%BF%BD');
  });
});

describe('linksOfQuery', () => {
  const query: QueryRecord = {
    connection: 'analytics',
    queryId: 'q1',
    state: 'RUNNING',
    clientTags: [],
    resourceGroup: [],
    createdAt: '2026-11-21T10:00:00.000Z',
    tablesRead: [],
    tablesWritten: [],
    observedBy: ['poll'],
    observedAt: '2026-11-21T10:00:01.000Z',
  };
  const [template] = templates(['query', 'https://g.example/{fromMs}-{toMs}']);
  const now = new Date('2026-11-21T10:05:00.000Z');

  it.each([
    ['up to now while it runs', undefined, '2026-11-21T10:06:00.000Z'],
    ['over its time', '2026-11-21T10:00:00.200Z', '2026-11-21T10:01:00.200Z'],
  ])('looks %s, with a minute on each side', (_, endedAt, to) => {
    const from = Date.parse('2026-11-21T09:59:00.000Z');
    expect(linksOfQuery([template], { ...query, endedAt }, now)).toEqual([
      expect.objectContaining({
        url: `https://g.example/${from}-${Date.parse(to)}`,
      }),
    ]);
  });
});
