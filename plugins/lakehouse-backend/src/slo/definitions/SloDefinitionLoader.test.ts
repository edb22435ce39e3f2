import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SLO_ANNOTATION } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { latencySlo, PARSE_CONTEXT } from './__testUtils__/sloTexts';
import { DatabaseSloBook } from './DatabaseSloBook';
import type { SloDefinitionsConfig } from './readSloDefinitionsConfig';
import { SloDefinitionLoader } from './SloDefinitionLoader';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const BASE = 'https://git.example.com/team/shop/blob/main';

function entity(
  name: string,
  slo: string | undefined,
  managedBy = `url:${BASE}/catalog-info.yaml`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': managedBy,
        'lakehouse-ops.io/on-call': 'rota',
        ...(slo !== undefined && { [SLO_ANNOTATION]: slo }),
      },
    },
    spec: { owner: 'team-shop', system: 'lakehouse' },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/team-shop' },
      { type: 'partOf', targetRef: 'system:default/lakehouse' },
    ],
  };
}

let knex: Knex;
let nowMs: number;
let urls: Map<string, string | Error>;
let asked: Array<{ url: string; etag?: string }>;

/** Texts by URL; the etag of a text is its length. */
const urlReader = mockServices.urlReader.mock({
  readUrl: async (url, options) => {
    asked.push({ url, etag: options?.etag });
    const text = urls.get(url);
    if (text instanceof Error) throw text;
    if (text === undefined) throw new NotFoundError(`No ${url}`);
    const etag = `${text.length}`;
    if (options?.etag === etag) throw new NotModifiedError();
    return { buffer: async () => Buffer.from(text), etag };
  },
});

function setUp(
  options: {
    entities?: Entity[];
    catalog?: ReturnType<typeof catalogServiceMock.mock>;
    locations?: SloDefinitionsConfig['locations'];
    book?: DatabaseSloBook;
  } = {},
) {
  const book =
    options.book ?? DatabaseSloBook.create({ db: knex, now: () => nowMs });
  const logger = mockServices.logger.mock();
  const loader = SloDefinitionLoader.create({
    book,
    catalog:
      options.catalog ??
      catalogServiceMock({ entities: options.entities ?? [] }),
    auth: mockServices.auth(),
    urlReader,
    config: {
      locations: options.locations ?? [],
      retentionDays: 400,
      notificationTargets: [],
    },
    connections: PARSE_CONTEXT,
    logger,
    now: () => nowMs,
  });
  return { book, loader, logger };
}

beforeAll(async () => {
  knex = await databases.init('SQLITE_3');
  await knex.migrate.latest({
    directory: join(__dirname, '../../../migrations'),
  });
});

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 22, 10);
  urls = new Map([[`${BASE}/slos/shop.yaml`, latencySlo()]]);
  asked = [];
  for (const table of ['slos', 'slo_files', 'slo_versions']) {
    await knex(table).delete();
  }
});

describe('files that entities name', () => {
  it('are read by path from the entity file, and belong to it', async () => {
    const { book, loader } = setUp({
      entities: [
        entity('shop', './slos/shop.yaml'),
        entity('other', undefined),
      ],
    });
    expect(await loader.refresh()).toEqual({
      added: ['component.default.shop.latency'],
      changed: [],
      removed: [],
    });
    expect((await book.list())[0]).toMatchObject({
      id: 'component.default.shop.latency',
      version: 1,
      entityRef: 'component:default/shop',
      owner: 'group:default/team-shop',
      system: 'system:default/lakehouse',
      onCall: 'group:default/rota',
      location: './slos/shop.yaml',
      editUrl: `${BASE}/slos/shop.yaml`,
    });
  });

  it('are all read, over several pages of the catalog', async () => {
    const entities = Array.from({ length: 450 }, (_, index) =>
      entity(`shop-${index}`, './slos/shop.yaml'),
    );
    const { book, loader } = setUp({ entities });
    await loader.refresh();
    expect(await book.list()).toHaveLength(450);
  });

  it('may be several, which refer to each other', async () => {
    const text = latencySlo({
      replace: {
        'type: lakehouse': 'metricSourceRef: cluster',
        '            connection: analytics\n': '',
      },
    });
    urls.set(`${BASE}/a.yaml`, text);
    urls.set(
      `${BASE}/b.yaml`,
      'apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: cluster }\nspec: { type: lakehouse, connectionDetails: { connection: analytics } }\n',
    );
    const { book, loader } = setUp({
      entities: [entity('shop', 'a.yaml, b.yaml')],
    });
    await loader.refresh();
    expect((await book.files()).map(({ problems }) => problems)).toEqual([
      [],
      [],
    ]);
    expect(await book.list()).toHaveLength(1);
  });

  it('keep their last good version while the newest is broken or away', async () => {
    const { book, loader } = setUp({
      entities: [entity('shop', './slos/shop.yaml')],
    });
    await loader.refresh();
    urls.set(
      `${BASE}/slos/shop.yaml`,
      latencySlo({ replace: { 'value: 500': 'value: x' } }),
    );
    expect((await loader.refresh()).removed).toEqual([]);
    expect((await book.files())[0]).toMatchObject({
      slos: ['component.default.shop.latency'],
      problems: [
        { severity: 'error', line: 26, field: 'spec.objectives[0].value' },
      ],
    });
    urls.set(`${BASE}/slos/shop.yaml`, new Error('socket hang up'));
    await loader.refresh();
    expect((await book.files())[0].problems[0].message).toMatch(
      /can't be read: socket hang up/,
    );
    urls.delete(`${BASE}/slos/shop.yaml`);
    await loader.refresh();
    expect((await book.files())[0].problems[0].message).toMatch(
      /There is no such file/,
    );
    expect(await book.list()).toHaveLength(1);
    urls.set(
      `${BASE}/slos/shop.yaml`,
      latencySlo({ replace: { 'value: 500': 'value: 400' } }),
    );
    expect((await loader.refresh()).changed).toEqual([
      'component.default.shop.latency',
    ]);
    expect((await book.files())[0].problems).toEqual([]);
  });

  it('are not sent again when they have not changed', async () => {
    const { book, loader } = setUp({
      entities: [entity('shop', './slos/shop.yaml')],
    });
    await loader.refresh();
    await loader.refresh();
    expect(asked.map(({ etag }) => etag)).toEqual([
      undefined,
      `${latencySlo().length}`,
    ]);
    expect(await book.list()).toHaveLength(1);
    expect((await book.files())[0].problems).toEqual([]);
  });

  it('keep no others from being read', async () => {
    urls.set(`${BASE}/broken.yaml`, '[');
    const { book, loader } = setUp({
      entities: [
        entity('a', './broken.yaml'),
        entity('b', '/etc/passwd'),
        entity('c', 'ftp://example.com/x'),
        entity('d', './x.yaml', 'bootstrap:bootstrap'),
        entity('e', '//evil.example.com/x.yaml'),
        entity('f', './slos/shop.yaml'),
      ],
    });
    expect((await loader.refresh()).added).toEqual([
      'component.default.f.latency',
    ]);
    const problems = new Map(
      (await book.files()).map(file => [
        file.entityRef,
        file.problems[0]?.message,
      ]),
    );
    expect(problems.get('component:default/a')).toMatch(/no valid YAML/);
    expect(problems.get('component:default/b')).toMatch(/absolute path/);
    expect(problems.get('component:default/c')).toMatch(
      /neither an http or https URL nor a path/,
    );
    expect(problems.get('component:default/d')).toMatch(
      /location of type 'bootstrap'/,
    );
    expect(problems.get('component:default/e')).toMatch(/absolute path/);
    expect(problems.get('component:default/f')).toBeUndefined();
  });

  it('that are too large are not read to their end', async () => {
    urls.set(`${BASE}/slos/shop.yaml`, 'x'.repeat(1024 * 1024 + 1));
    const { book, loader } = setUp({
      entities: [entity('shop', './slos/shop.yaml')],
    });
    await loader.refresh();
    expect((await book.files())[0].problems[0].message).toMatch(
      /larger than the 1048576 bytes/,
    );
  });

  it('end at once when the entity names them no more, and a while after it is gone', async () => {
    const book = DatabaseSloBook.create({ db: knex, now: () => nowMs });
    const shop = entity('shop', './slos/shop.yaml');
    await setUp({ book, entities: [shop] }).loader.refresh();

    const gone = setUp({ book, entities: [] }).loader;
    expect((await gone.refresh()).removed).toEqual([]);
    nowMs += 60_000;
    expect((await gone.refresh()).removed).toEqual([]);
    nowMs += 60_000;
    expect((await gone.refresh()).removed).toEqual([
      'component.default.shop.latency',
    ]);
    expect(await book.files()).toEqual([]);

    await setUp({ book, entities: [shop] }).loader.refresh();
    urls.set(`${BASE}/other.yaml`, latencySlo({ name: 'other' }));
    expect(
      await setUp({
        book,
        entities: [entity('shop', './other.yaml')],
      }).loader.refresh(),
    ).toMatchObject({
      added: ['component.default.shop.other'],
      removed: ['component.default.shop.latency'],
    });
  });

  it('stay while the catalog does not answer', async () => {
    const book = DatabaseSloBook.create({ db: knex, now: () => nowMs });
    await setUp({
      book,
      entities: [entity('shop', './slos/shop.yaml')],
    }).loader.refresh();
    urls.set('https://example.com/all.yaml', latencySlo({ name: 'all' }));
    const away = setUp({
      book,
      locations: [{ target: 'https://example.com/all.yaml' }],
      catalog: catalogServiceMock.mock({
        queryEntities: async () => {
          throw new Error('no route to host');
        },
      }),
    });
    nowMs += 3_600_000;
    expect(await away.loader.refresh()).toEqual({
      added: ['config.all'],
      changed: [],
      removed: [],
    });
    expect(await book.list()).toHaveLength(2);
    expect(away.logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/catalog did not tell.*no route to host/),
    );
  });
});

describe('files on this machine', () => {
  let folder: string;
  let managedBy: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slo-files-'));
    await mkdir(join(folder, 'catalog/slos'), { recursive: true });
    managedBy = `file:${join(folder, 'catalog/catalog-info.yaml')}`;
    await writeFile(
      join(folder, 'secret.yaml'),
      latencySlo({ name: 'secret' }),
    );
    await writeFile(join(folder, 'catalog/slos/shop.yaml'), latencySlo());
    await symlink(
      join(folder, 'secret.yaml'),
      join(folder, 'catalog/link.yaml'),
    );
    await symlink(folder, join(folder, 'catalog/up'));
  });

  afterEach(async () => rm(folder, { recursive: true }));

  it('are read below the folder of the entity file', async () => {
    const { book, loader } = setUp({
      entities: [entity('shop', './slos/shop.yaml', managedBy)],
    });
    await loader.refresh();
    expect(await book.list()).toHaveLength(1);
  });

  it.each([
    '../secret.yaml',
    './link.yaml',
    './up/secret.yaml',
    'slos/../../secret.yaml',
  ])('but not out of it: %s', async path => {
    const { book, loader } = setUp({
      entities: [entity('shop', path, managedBy)],
    });
    await loader.refresh();
    expect(await book.list()).toEqual([]);
    expect((await book.files())[0].problems[0].message).toMatch(
      /leads out of the folder/,
    );
  });

  it('must be files', async () => {
    const { book, loader } = setUp({
      entities: [entity('shop', './slos', managedBy)],
    });
    await loader.refresh();
    expect((await book.files())[0].problems[0].message).toMatch(
      /leads to no file/,
    );
  });

  it('may be named by the config from anywhere', async () => {
    const target = join(folder, 'secret.yaml');
    const { book, loader } = setUp({ locations: [{ target }] });
    await loader.refresh();
    expect((await book.list()).map(({ id }) => id)).toEqual(['config.secret']);
    await setUp({ book, locations: [] }).loader.refresh();
    expect(await book.list()).toEqual([]);
  });
});

describe('files that the config names', () => {
  const target = 'https://example.com/all.yaml';

  it('belong to the entity that it tells, or that an SLO tells', async () => {
    urls.set(target, latencySlo());
    urls.set(
      'https://example.com/more.yaml',
      latencySlo({
        name: 'more',
        replace: {
          '  name: more\n':
            '  name: more\n  annotations: { lakehouse-ops.io/entity: shop }\n',
        },
      }),
    );
    const { book, loader } = setUp({
      entities: [entity('shop', undefined)],
      locations: [
        { target, entity: 'component:default/shop' },
        { target: 'https://example.com/more.yaml' },
      ],
    });
    await loader.refresh();
    expect(
      (await book.list()).map(({ id, owner, entityRef }) => [
        id,
        owner,
        entityRef,
      ]),
    ).toEqual([
      [
        'component.default.shop.latency',
        'group:default/team-shop',
        'component:default/shop',
      ],
      [
        'component.default.shop.more',
        'group:default/team-shop',
        'component:default/shop',
      ],
    ]);
  });

  it('keep their owners while the catalog does not answer', async () => {
    urls.set(target, latencySlo());
    const locations = [{ target, entity: 'component:default/shop' }];
    const book = DatabaseSloBook.create({ db: knex, now: () => nowMs });
    await setUp({
      book,
      locations,
      entities: [entity('shop', undefined)],
    }).loader.refresh();
    const away = catalogServiceMock.mock({
      queryEntities: async () => ({ items: [], totalItems: 0, pageInfo: {} }),
      getEntitiesByRefs: async () => {
        throw new Error('away');
      },
    });
    await setUp({ book, locations, catalog: away }).loader.refresh();
    expect((await book.list())[0].owner).toBe('group:default/team-shop');
  });

  it('tell of an SLO that the entity has already', async () => {
    urls.set(target, latencySlo());
    const { book, loader } = setUp({
      entities: [entity('shop', './slos/shop.yaml')],
      locations: [{ target, entity: 'component:default/shop' }],
    });
    await loader.refresh();
    expect(await book.list()).toHaveLength(1);
    const file = (await book.files()).find(({ entityRef }) => entityRef);
    expect(file?.problems[0].message).toMatch(
      /The entity has another SLO 'latency' in https:\/\/example.com\/all.yaml/,
    );
  });

  it('are asked of the Prometheus that the config tells', async () => {
    urls.set(
      target,
      `version: prometheus/v1\nservice: shop\nslos:\n  - name: up\n    objective: 99\n    sli: { raw: { error_ratio_query: "1 - avg_over_time(up[{{.window}}])" } }\n`,
    );
    const { book, loader } = setUp({
      locations: [{ target, connection: 'prometheus' }],
    });
    await loader.refresh();
    expect((await book.list())[0]).toMatchObject({
      id: 'config.shop-up',
      definition: {
        objectives: [{ sli: { source: { connection: 'prometheus' } } }],
      },
    });
  });

  it('are looked at once when asked twice at the same time', async () => {
    urls.set(target, latencySlo());
    const { loader } = setUp({ locations: [{ target }] });
    await Promise.all([loader.refresh(), loader.refresh()]);
    expect(asked).toHaveLength(1);
  });
});
