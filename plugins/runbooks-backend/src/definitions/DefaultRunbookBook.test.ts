import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { RUNBOOKS_ANNOTATION } from '@lakehouse-ops/plugin-runbooks-common';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { ActionRegistry } from '../engine/ActionRegistry';
import { runbookText } from './__testUtils__/runbookText';
import { createRunbookBook } from './createRunbookBook';
import { ShippedRunbooks } from './ShippedRunbooks';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const BASE = 'https://git.example.com/team/shop/blob/main';

const look = createRunbookAction({
  id: 'demo:look',
  title: 'Look',
  description: 'Looks.',
  verb: 'Look',
  risk: 'low',
  attributes: { readOnly: true, destructive: false, idempotent: true },
  schema: { input: z.object({}), output: z.object({}) },
  timeout: { seconds: 1 },
  target: () => ({ system: 's', connection: 'c', kind: 'k', name: 'n' }),
  lockKeys: () => [],
  preflight: async () => ({ allowed: true }),
  preview: async () => ({
    content: { summary: '', changes: [], untouched: [], warnings: [] },
    fingerprint: {},
  }),
  execute: async () => ({}),
  verify: async () => ({ outcome: 'verified', summary: '', metrics: [] }),
  reconcile: async () => ({ state: 'not-done', reason: '' }),
});

function entity(
  name: string,
  runbooks: string,
  managedBy = `url:${BASE}/catalog-info.yaml`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': managedBy,
        [RUNBOOKS_ANNOTATION]: runbooks,
      },
    },
    spec: { type: 'cache', owner: 'team' },
  };
}

let folder: string;
let urls: Map<string, string | Error | (() => Promise<string>)>;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runbooks-'));
  urls = new Map();
  asked = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const urlReader = mockServices.urlReader.mock({
  readUrl: async (url, options) => {
    asked.push(options?.etag ? `${url} unless ${options.etag}` : url);
    const told = urls.get(url);
    if (told instanceof Error) throw told;
    if (told === undefined) throw new NotFoundError(`No ${url}`);
    const text = typeof told === 'string' ? told : await told();
    const etag = `${text.length}`;
    if (options?.etag === etag) throw new NotModifiedError();
    return { buffer: async () => Buffer.from(text), etag };
  },
});

function setUp(
  db: Knex,
  options: {
    locations?: Array<{ type: string; target: string }>;
    entities?: Entity[];
    catalog?: ReturnType<typeof catalogServiceMock.mock>;
    shipped?: string[];
    registry?: ActionRegistry;
  } = {},
) {
  const registry = options.registry ?? new ActionRegistry();
  if (!options.registry) registry.add([look]);
  const shipped = new ShippedRunbooks();
  for (const [index, text] of (options.shipped ?? []).entries()) {
    shipped.add({ name: `${index}.yaml`, text });
  }
  const logger = mockServices.logger.mock();
  const { book } = createRunbookBook({
    config: mockServices.rootConfig({
      data: { runbooks: { locations: options.locations ?? [] } },
    }),
    db,
    catalog:
      options.catalog ??
      catalogServiceMock({ entities: options.entities ?? [] }),
    auth: mockServices.auth(),
    urlReader,
    logger,
    registry,
    shipped,
  });
  return { book, logger };
}

function names({ book }: ReturnType<typeof setUp>): string[] {
  return book.list().map(({ definition }) => definition.name);
}

describe.each(databases.eachSupportedId())('DefaultRunbookBook on %s', id => {
  let db: Knex;
  beforeEach(async () => {
    db = await databases.init(id);
    await db.migrate.latest({
      directory: resolvePackagePath(
        '@lakehouse-ops/plugin-runbooks-backend',
        'migrations',
      ),
    });
  });

  it('reads files of modules, of the config and of entities', async () => {
    await mkdir(join(folder, 'all'));
    await writeFile(join(folder, 'one.yaml'), runbookText('one'));
    await writeFile(join(folder, 'all/two.yaml'), runbookText('two'));
    await writeFile(join(folder, 'all/three.yml'), runbookText('no'));
    urls.set(`${BASE}/runbooks/four.yaml`, runbookText('four'));
    urls.set('https://other.example.com/five.yaml', runbookText('five'));
    const known = setUp(db, {
      shipped: [runbookText('zero')],
      locations: [
        { type: 'file', target: join(folder, 'one.yaml') },
        { type: 'file', target: join(folder, 'all/*.yaml') },
        { type: 'url', target: 'https://other.example.com/five.yaml' },
      ],
      entities: [entity('cache', './runbooks/four.yaml, ./runbooks/four.yaml')],
    });
    await known.book.refresh();
    expect(known.book.problems()).toEqual([]);
    expect(names(known)).toEqual(['five', 'four', 'one', 'two', 'zero']);
    expect(known.book.find('four')?.source).toBe(`${BASE}/runbooks/four.yaml`);
    expect(known.book.find('zero')?.source).toBe('shipped:0.yaml');
  });

  it('follows changes, and keeps every version', async () => {
    const url = `${BASE}/a.yaml`;
    urls.set(url, runbookText('a'));
    const known = setUp(db, { locations: [{ type: 'url', target: url }] });
    await known.book.refresh();
    const first = known.book.find('a');
    await known.book.refresh();
    expect(asked).toEqual([url, `${url} unless ${runbookText('a').length}`]);
    expect(known.book.find('a')).toEqual(first);

    urls.set(url, runbookText('a', { title: 'Look again' }));
    await known.book.refresh();
    const second = known.book.find('a');
    expect(second?.definition.title).toBe('Look again');

    urls.delete(url);
    await known.book.refresh();
    expect(names(known)).toEqual([]);
    expect(known.book.problems()).toEqual([
      expect.objectContaining({
        severity: 'error',
        source: url,
        message: expect.stringContaining('no such file'),
      }),
    ]);
    for (const version of [first, second]) {
      await expect(known.book.getVersion(version?.hash ?? '')).resolves.toEqual(
        version,
      );
      await expect(
        setUp(db).book.getVersion(version?.hash ?? ''),
      ).resolves.toEqual(version);
    }
    await expect(known.book.getVersion('none')).resolves.toBeUndefined();
  });

  it('keeps the last good version of a file that breaks, also after a restart', async () => {
    const url = `${BASE}/a.yaml`;
    const other = `${BASE}/b.yaml`;
    const locations = [
      { type: 'url', target: url },
      { type: 'url', target: other },
    ];
    urls.set(url, runbookText('a', { title: 'First' }));
    urls.set(other, runbookText('b'));
    const known = setUp(db, { locations });
    await known.book.refresh();
    urls.set(url, runbookText('a', { title: 'Second' }));
    await known.book.refresh();
    urls.set(url, runbookText('a', { title: 'First' }));
    await known.book.refresh();
    const good = known.book.find('a');

    urls.set(url, runbookText('a').replace('assert:', 'asert:'));
    urls.set(other, new Error('connect ECONNREFUSED'));
    const restarted = setUp(db, { locations });
    for (const each of [known, restarted]) {
      await each.book.refresh();
      expect(names(each)).toEqual(['a', 'b']);
      expect(each.book.find('a')).toEqual(good);
      const problems = each.book.problems();
      expect(problems).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            field: 'spec.steps[0].asert',
            line: 15,
            source: url,
          }),
          expect.objectContaining({
            source: url,
            message: expect.stringContaining('last good version'),
          }),
          expect.objectContaining({
            source: other,
            message: expect.stringMatching(/ECONNREFUSED.*last good version/),
          }),
        ]),
      );
    }
  });

  it('names both files that have one name, and uses the first', async () => {
    urls.set(`${BASE}/evil.yaml`, runbookText('flush', { title: 'Evil' }));
    const known = setUp(db, {
      shipped: [runbookText('flush')],
      entities: [entity('cache', 'evil.yaml')],
    });
    await known.book.refresh();
    expect(known.book.find('flush')?.source).toBe('shipped:0.yaml');
    expect(known.book.problems()).toEqual([
      {
        severity: 'error',
        field: 'metadata.name',
        source: `${BASE}/evil.yaml`,
        message: expect.stringMatching(/shipped:0.yaml and .*evil.yaml/),
      },
    ]);
  });

  it('reads nothing of this machine for entities', async () => {
    const secret = join(folder, 'secret.yaml');
    await writeFile(secret, runbookText('secret'));
    const known = setUp(db, {
      entities: [
        entity('a', secret),
        entity('b', `file:${secret}`),
        entity('c', `FILE://${secret}`),
        entity('d', 'secret.yaml', `file:${folder}/catalog-info.yaml`),
        entity('e', '//other.example.com/x.yaml'),
        entity('f', '\\\\server\\x.yaml'),
        entity('g', 'gopher:one'),
      ],
    });
    await known.book.refresh();
    expect(names(known)).toEqual([]);
    expect(known.book.problems()).toHaveLength(7);
    expect(asked).toEqual([]);
  });

  it('goes on with what entities named while the catalog is away', async () => {
    urls.set(`${BASE}/a.yaml`, runbookText('a'));
    const catalog = catalogServiceMock.mock();
    catalog.queryEntities.mockResolvedValueOnce({
      items: [entity('cache', 'a.yaml')],
      totalItems: 1,
      pageInfo: {},
    });
    catalog.queryEntities.mockRejectedValueOnce(new Error('away'));
    catalog.queryEntities.mockResolvedValueOnce({
      items: [],
      totalItems: 0,
      pageInfo: {},
    });
    const known = setUp(db, { catalog });
    await known.book.refresh();
    await known.book.refresh();
    expect(names(known)).toEqual(['a']);
    expect(known.logger.warn).toHaveBeenCalledTimes(1);
    await known.book.refresh();
    expect(names(known)).toEqual([]);
    expect(known.book.problems()).toEqual([]);
  });

  it('bounds what it reads', async () => {
    await writeFile(join(folder, 'large.yaml'), 'x'.repeat(300_000));
    await mkdir(join(folder, 'folder.yaml'));
    await symlink('/dev/zero', join(folder, 'endless.yaml'));
    urls.set(`${BASE}/large.yaml`, 'x'.repeat(300_000));
    const many = Array.from({ length: 30 }, (_, index) => `${index}.yaml`);
    const known = setUp(db, {
      locations: [
        ...['large.yaml', 'folder.yaml', 'endless.yaml', 'none.yaml'].map(
          name => ({ type: 'file', target: join(folder, name) }),
        ),
        { type: 'file', target: join(folder, 'none', '*.yaml') },
        { type: 'url', target: `${BASE}/large.yaml` },
      ],
      entities: [entity('cache', many.join(','))],
    });
    await known.book.refresh();
    expect(names(known)).toEqual([]);
    const told = known.book.problems().map(({ message }) => message);
    expect(told.filter(message => /larger than/.test(message))).toHaveLength(2);
    expect(told.filter(message => /not a file/.test(message))).toHaveLength(2);
    expect(told.filter(message => /30 files/.test(message))).toHaveLength(1);
    expect(told).toHaveLength(6 + 20 + 1);
  });

  it('reads at most 500 files', async () => {
    const known = setUp(db, {
      shipped: Array.from({ length: 502 }, (_, i) => runbookText(`r${i}`)),
    });
    await known.book.refresh();
    expect(names(known)).toHaveLength(500);
    expect(known.book.problems()).toEqual([
      expect.objectContaining({
        source: 'shipped:500.yaml',
        message: expect.stringContaining('502'),
      }),
    ]);
  });

  it('checks files again when actions come and go', async () => {
    const registry = new ActionRegistry();
    const found = new Map<string, typeof look>();
    registry.addResolver('registry:', { find: key => found.get(key) });
    const known = setUp(db, {
      registry,
      shipped: [runbookText('a', { action: 'registry:other:look' })],
    });
    await known.book.refresh();
    expect(known.book.problems()[0]).toMatchObject({
      field: 'spec.steps[0].check',
      message: expect.stringContaining("no action 'registry:other:look'"),
    });
    found.set('registry:other:look', look);
    await known.book.refresh();
    expect(known.book.problems()).toEqual([]);
    expect(names(known)).toEqual(['a']);
  });
});

describe('readRunbookFilesConfig', () => {
  it.each([
    [{ locations: [{ type: 'folder', target: '.' }] }, /Write file or url/],
    [{ locations: [{ type: 'url', target: './a.yaml' }] }, /no http or https/],
    [{ refresh: '1ms' }, /at least 1000 ms/],
  ])('refuses %j', (runbooks, message) => {
    expect(() =>
      createRunbookBook({
        config: mockServices.rootConfig({ data: { runbooks } }),
        db: Object.create(null),
        catalog: catalogServiceMock.mock(),
        auth: mockServices.auth(),
        urlReader,
        logger: mockServices.logger.mock(),
        registry: new ActionRegistry(),
        shipped: new ShippedRunbooks(),
      }),
    ).toThrow(message);
  });
});
