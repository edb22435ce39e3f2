import { mayInclude, tableFilter } from './tablePatterns';

const ref = (table: string, catalog = 'iceberg') => ({
  connection: 'analytics',
  catalog,
  schema: 'lake',
  table,
});

describe('tableFilter', () => {
  it.each([
    [[], [], 'events', true],
    [['iceberg.lake.*'], [], 'events', true],
    [['iceberg.gold.*'], [], 'events', false],
    [['*.EVENTS'], [], 'events', true],
    [[], ['*.tmp_*'], 'tmp_1', false],
    [['*'], ['iceberg.lake.e?ents'], 'events', false],
    [['iceberg.lake.a+b'], [], 'a+b', true],
    [['iceberg.lake.a+b'], [], 'aab', false],
    [['*."we""ird.name"'], [], 'we"ird.name', true],
  ])('with %j but not %j: %s is %s', (include, exclude, table, wanted) => {
    expect(tableFilter({ include, exclude })(ref(table))).toBe(wanted);
  });
});

describe('mayInclude', () => {
  it.each([
    [[], true],
    [['*'], true],
    [['ice*'], true],
    [['iceberg.lake.*'], true],
    [['icerest.*'], false],
    [['delta.*', 'Iceberg.x.y'], true],
  ])('lists iceberg for %j: %s', (include, listed) => {
    expect(mayInclude(include, 'iceberg')).toBe(listed);
  });
});
