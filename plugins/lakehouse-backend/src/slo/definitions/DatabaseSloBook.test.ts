import { TestDatabases } from '@backstage/backend-test-utils';
import type { SloDefinition } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { join } from 'node:path';
import { sloDefinition } from '../__testUtils__/slos';
import { DatabaseSloBook } from './DatabaseSloBook';
import type { SloFileUpdate } from './SloBookUpdate';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const START = Date.UTC(2026, 10, 22, 10);
const ENTITY = 'component:default/shop';

function update(
  names: Record<string, Partial<SloDefinition>>,
  more: Partial<SloFileUpdate> = {},
): SloFileUpdate {
  return {
    namedBy: ENTITY,
    location: './slos.yaml',
    format: 'openslo',
    problems: [],
    good: {
      content: JSON.stringify(names),
      slos: Object.entries(names).map(([name, overrides]) => ({
        id: `component.default.shop.${name}`,
        definition: sloDefinition({ name, ...overrides }),
        entityRef: ENTITY,
        owner: 'group:default/shop',
      })),
    },
    ...more,
  };
}

const broken = (message: string): SloFileUpdate =>
  update({}, { good: undefined, problems: [{ severity: 'error', message }] });

describe.each(databases.eachSupportedId())('DatabaseSloBook on %s', id => {
  let knex: Knex;
  let nowMs: number;
  const open = () => DatabaseSloBook.create({ db: knex, now: () => nowMs });
  const at = (seconds: number) =>
    new Date(START + seconds * 1_000).toISOString();

  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.migrate.latest({
      directory: join(__dirname, '../../../migrations'),
    });
  });

  beforeEach(async () => {
    nowMs = START;
    for (const table of ['slos', 'slo_files', 'slo_versions']) {
      await knex(table).delete();
    }
  });

  it('keeps what a file defines', async () => {
    const book = open();
    expect(await book.list()).toEqual([]);
    expect(
      await book.apply({
        updates: [update({ a: {}, b: {} }, { editUrl: 'https://x/y' })],
      }),
    ).toEqual({
      added: ['component.default.shop.a', 'component.default.shop.b'],
      changed: [],
      removed: [],
    });
    expect(await book.get('component.default.shop.a')).toEqual({
      id: 'component.default.shop.a',
      definition: sloDefinition({ name: 'a' }),
      version: 1,
      since: at(0),
      location: './slos.yaml',
      entityRef: ENTITY,
      owner: 'group:default/shop',
      editUrl: 'https://x/y',
    });
    expect(await book.files()).toEqual([
      {
        location: './slos.yaml',
        entityRef: ENTITY,
        format: 'openslo',
        checkedAt: at(0),
        usedSince: at(0),
        slos: ['component.default.shop.a', 'component.default.shop.b'],
        problems: [],
      },
    ]);
  });

  it('begins a version when a definition changes, and none when it does not', async () => {
    const book = open();
    await book.apply({ updates: [update({ a: {}, b: {} })] });
    const before = await book.revision();
    nowMs += 60_000;
    expect(await book.apply({ updates: [update({ a: {}, b: {} })] })).toEqual({
      added: [],
      changed: [],
      removed: [],
    });
    expect(await book.revision()).toBe(before);
    nowMs += 60_000;
    const changed = update({ a: { description: 'new' }, b: {} });
    expect((await book.apply({ updates: [changed] })).changed).toEqual([
      'component.default.shop.a',
    ]);
    expect(await book.get('component.default.shop.a')).toMatchObject({
      version: 2,
      since: at(120),
    });
    const versions = await book.versionsOf([
      'component.default.shop.a',
      'component.default.shop.b',
      'component.default.shop.none',
    ]);
    expect([...versions.keys()].sort()).toEqual([
      'component.default.shop.a',
      'component.default.shop.b',
    ]);
    expect(
      versions
        .get('component.default.shop.a')
        ?.map(({ version, from, until, definition }) => [
          version,
          from,
          until,
          definition.description,
        ]),
    ).toEqual([
      [2, at(120), undefined, 'new'],
      [1, at(0), at(120), undefined],
    ]);
    expect(await book.versions('component.default.shop.b')).toHaveLength(1);
  });

  it('keeps the last good version while a file is broken, and tells both', async () => {
    const book = open();
    await book.apply({ updates: [update({ a: {} })] });
    nowMs += 60_000;
    await book.apply({ updates: [broken('no indicator')] });
    expect((await book.list()).map(slo => slo.version)).toEqual([1]);
    expect(await book.files()).toEqual([
      expect.objectContaining({
        checkedAt: at(60),
        usedSince: at(0),
        slos: ['component.default.shop.a'],
        problems: [{ severity: 'error', message: 'no indicator' }],
      }),
    ]);
    expect((await book.knownFiles())[0].content).toBe('{"a":{}}');
    nowMs += 60_000;
    await book.apply({ updates: [update({ a: {} })] });
    expect((await book.files())[0]).toMatchObject({
      usedSince: at(0),
      problems: [],
    });
  });

  it('ends what is no more in a file, and counts on when it comes back', async () => {
    const book = open();
    await book.apply({ updates: [update({ a: {}, b: {} })] });
    nowMs += 60_000;
    expect(
      (await book.apply({ updates: [update({ b: {} })] })).removed,
    ).toEqual(['component.default.shop.a']);
    expect(await book.get('component.default.shop.a')).toBeUndefined();
    nowMs += 60_000;
    await book.apply({ updates: [update({ a: {}, b: {} })] });
    expect(
      (await book.versions('component.default.shop.a')).map(
        ({ version, from, until }) => [version, from, until],
      ),
    ).toEqual([
      [2, at(120), undefined],
      [1, at(0), at(60)],
    ]);
  });

  it('ends the SLOs of files that end, and only those', async () => {
    const book = open();
    const other = update({ c: {} }, { namedBy: undefined });
    await book.apply({ updates: [update({ a: {} }), other] });
    const { removed } = await book.apply({
      updates: [],
      ended: [{ namedBy: ENTITY, location: './slos.yaml' }],
    });
    expect(removed).toEqual(['component.default.shop.a']);
    expect((await book.list()).map(slo => slo.id)).toEqual([
      'component.default.shop.c',
    ]);
    expect(await book.files()).toHaveLength(1);
  });

  it('remembers since when nothing names a file', async () => {
    const book = open();
    const key = { namedBy: ENTITY, location: './slos.yaml' };
    await book.apply({ updates: [update({ a: {} })] });
    nowMs += 1_000;
    await book.apply({ updates: [], missing: [key] });
    nowMs += 1_000;
    await book.apply({ updates: [], missing: [key] });
    expect((await book.knownFiles())[0].missingSinceMs).toBe(START + 1_000);
    expect(await book.list()).toHaveLength(1);
    await book.apply({ updates: [update({ a: {} })] });
    expect((await book.knownFiles())[0].missingSinceMs).toBeUndefined();
  });

  it('moves an SLO to another file or owner without a new version', async () => {
    const book = open();
    await book.apply({ updates: [update({ a: {} })] });
    const before = await book.revision();
    await book.apply({
      updates: [update({}), update({ a: {} }, { location: './other.yaml' })],
    });
    expect(await book.get('component.default.shop.a')).toMatchObject({
      version: 1,
      location: './other.yaml',
    });
    expect(await book.revision()).toBeGreaterThan(before);
    await book.apply({
      updates: [
        {
          ...broken('x'),
          location: './other.yaml',
          belongings: new Map([
            ['component.default.shop.a', { owner: 'group:default/new' }],
          ]),
        },
      ],
    });
    expect(await book.get('component.default.shop.a')).toMatchObject({
      version: 1,
      owner: 'group:default/new',
    });
  });

  it('shows the changes of another replica within a second', async () => {
    const [one, other] = [open(), open()];
    expect(await one.list()).toEqual([]);
    await other.apply({ updates: [update({ a: {} })] });
    nowMs += 1_001;
    expect(await one.list()).toHaveLength(1);
  });

  it('lets replicas write at the same time without doubling anything', async () => {
    const books = [open(), open(), open()];
    const changes = await Promise.all(
      books.map(book => book.apply({ updates: [update({ a: {}, b: {} })] })),
    );
    expect(changes.flatMap(({ added }) => added)).toHaveLength(2);
    expect(await books[0].versions('component.default.shop.a')).toHaveLength(1);
  });

  it('tells versions that another replica made, and of files only those asked for', async () => {
    const [writer, reader] = [open(), open()];
    await writer.apply({ updates: [update({ a: {} })] });
    const slo = 'component.default.shop.a';
    const known = await reader.versions(slo);
    expect(await reader.versions(slo)).toEqual(known);
    nowMs += 60_000;
    await writer.apply({
      updates: [update({ a: { displayName: 'Anew' } })],
    });
    expect(
      (await reader.versions(slo)).map(({ version, until }) => [
        version,
        until,
      ]),
    ).toEqual([
      [2, undefined],
      [1, at(60)],
    ]);
    nowMs += 60_000;
    await writer.apply({ updates: [update({})] });
    nowMs += 60_000;
    await writer.apply({ updates: [update({ a: {} })] });
    nowMs += 60_000;
    expect((await reader.versions(slo)).map(({ version }) => version)).toEqual([
      3, 2, 1,
    ]);

    const other = { namedBy: 'component:default/other' };
    await writer.apply({
      updates: [
        update({ b: {} }, { ...other, location: './b.yaml' }),
        update({ c: {} }, { ...other, location: './c.yaml' }),
      ],
    });
    nowMs += 60_000;
    const locations = async (only?: Parameters<typeof reader.files>[0]) =>
      (await reader.files(only)).map(({ location }) => location);
    expect(await locations()).toEqual(['./b.yaml', './c.yaml', './slos.yaml']);
    expect(await locations({ entityRef: ENTITY, locations: [] })).toEqual([
      './slos.yaml',
    ]);
    expect(
      await locations({ entityRef: ENTITY, locations: ['./c.yaml'] }),
    ).toEqual(['./c.yaml', './slos.yaml']);
  });

  it('keeps fifty versions', async () => {
    const book = open();
    for (let index = 0; index < 53; index += 1) {
      await book.apply({
        updates: [update({ a: { description: `${index}` } })],
      });
    }
    const versions = await book.versions('component.default.shop.a');
    expect(versions).toHaveLength(50);
    expect(versions[0].version).toBe(53);
    expect(await knex('slo_versions').count({ n: '*' }).first()).toEqual({
      n: expect.anything(),
    });
    expect(
      Number((await knex('slo_versions').count({ n: '*' }).first())?.n),
    ).toBe(50);
  });

  it('takes many SLOs in one go', async () => {
    const book = open();
    const names = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`slo-${index}`, {}]),
    );
    const { added } = await book.apply({ updates: [update(names)] });
    expect(added).toHaveLength(1_000);
    expect(await book.list()).toHaveLength(1_000);
  });
});
