import fc from 'fast-check';
import { formatTableRef, parseTableRef } from './tableRef';

describe('table references', () => {
  it.each([
    ['analytics/iceberg.lake.orders', ['iceberg', 'lake', 'orders']],
    [
      'analytics/iceberg.lake."we""ird.na$me ü"',
      ['iceberg', 'lake', 'we"ird.na$me ü'],
    ],
    ['a/"x.y".s.t', ['x.y', 's', 't']],
  ])('reads %s', (text, [catalog, schema, table]) => {
    const ref = parseTableRef(text);
    expect(ref).toEqual({
      connection: text.split('/')[0],
      catalog,
      schema,
      table,
    });
    expect(formatTableRef(ref)).toBe(text);
  });

  it.each([
    '',
    'orders',
    'a/b.c',
    'a/b.c.d.e',
    '/b.c.d',
    'a/b..d',
    'a/"b.c.d',
    'a/"b"x.c.d',
  ])('refuses %j and says how to write it', text => {
    expect(() => parseTableRef(text)).toThrow(
      /<connection>\/<catalog>\.<schema>\.<table>/,
    );
  });

  it('reads back whatever it wrote', () => {
    const part = fc.string({ minLength: 1 }).filter(s => s.trim() === s);
    fc.assert(
      fc.property(part, part, part, (catalog, schema, table) => {
        const ref = { connection: 'analytics', catalog, schema, table };
        expect(parseTableRef(formatTableRef(ref))).toEqual(ref);
      }),
    );
  });
});
