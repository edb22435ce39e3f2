import { dice } from '../__testUtils__/dice';
import { defaultPrefixOf } from '../prefix/defaultPrefixOf';
import { useOf } from './Counts';
import { OTHER_PREFIXES, PrefixTable } from './PrefixTable';

function setUp(maxPrefixes = 100) {
  const table = PrefixTable.create({ prefixOf: defaultPrefixOf, maxPrefixes });
  return {
    table,
    prefixOf: (key: string) => table.of(key).prefix,
    hit: (...keys: string[]) => {
      for (const key of keys) table.of(key).window.hits += 1;
    },
    hits: () =>
      Object.fromEntries(
        table.all().map(use => [use.prefix, use.total().hits]),
      ),
  };
}

describe('PrefixTable', () => {
  it('counts keys of one prefix in one place, first seen or known', () => {
    const { table } = setUp();
    const use = table.of('shop:cart:1');
    expect(use.prefix).toBe('shop:cart:');
    expect(table.of('shop:cart:2')).toBe(use);
    expect(table.of('shop:cart:1:lines')).toBe(use);
  });

  it('tells prefixes apart that begin alike', () => {
    const { prefixOf } = setUp();
    // The first two are remembered in the same place.
    const keys = ['user:1', 'user:apj:1', 'user:x:1', 'users:1', 'use:r:1'];
    for (let round = 0; round < 2; round += 1) {
      expect(keys.map(prefixOf)).toEqual([
        'user:',
        'user:apj:',
        'user:x:',
        'users:',
        'use:r:',
      ]);
    }
  });

  it('tells prefixes apart that differ only in characters that are not looked at first', () => {
    const { prefixOf } = setUp();
    for (let round = 0; round < 2; round += 1) {
      for (const first of 'abcdefghij') {
        expect(prefixOf(`${first}-same-place:1`)).toBe(`${first}-same-place:`);
      }
    }
  });

  it('sums what has no prefix, or a very long one, as other', () => {
    const { prefixOf } = setUp();
    const long = 'x'.repeat(199);
    for (let round = 0; round < 2; round += 1) {
      expect(['plain', '', `${long}:1`, `x${long}:1`].map(prefixOf)).toEqual([
        OTHER_PREFIXES,
        OTHER_PREFIXES,
        `${long}:`,
        OTHER_PREFIXES,
      ]);
    }
  });

  it('sums prefixes beyond the limit, and keeps those within', () => {
    const { table, hit, hits } = setUp(2);
    hit('a:1', 'b:1', 'c:1', 'c:2', 'd:1', 'e:1', 'a:2', 'b:2', 'c:3');
    expect(hits()).toEqual({ 'a:': 2, 'b:': 2, other: 5 });
    // Two of the three are remembered: no more than are told apart.
    expect(table.settle()).toBe(2);
  });

  it('finds a prefix no more that gave its place away', () => {
    const { table, hit, hits, prefixOf } = setUp(1);
    hit('a:1', 'a:2', 'b:1', 'b:2', 'b:3');
    table.settle();
    expect(prefixOf('a:1')).toBe(OTHER_PREFIXES);
    expect(prefixOf('b:1')).toBe('b:');
    hit('a:3', 'b:4');
    // What was counted of b: before it had a place stays summed.
    expect(hits()).toEqual({ 'b:': 1, other: 6 });
  });

  it('begins anew with a prefix that gets its place back', () => {
    const { table, hit, hits } = setUp(1);
    const before = table.of('a:1');
    hit('a:1', 'b:1', 'b:2');
    table.settle();
    for (const use of table.all()) use.endWindow();
    hit('b:3', 'a:1', 'a:2');
    table.settle();
    expect(table.of('a:1')).not.toBe(before);
    hit('a:3');
    expect(hits()).toEqual({ 'a:': 1, other: 6 });
  });

  it('keeps its places while no other is used more', () => {
    const { table, hit, hits } = setUp(1);
    const use = table.of('a:1');
    hit('a:1', 'a:2', 'b:1', 'b:2');
    expect(table.settle()).toBe(1);
    expect(table.of('a:3')).toBe(use);
    expect(hits()).toEqual({ 'a:': 2, other: 2 });
    expect(table.settle()).toBe(0);
  });

  it('asks a prefixOf of the application for each key', () => {
    const prefixOf = jest.fn((key: string) => key.slice(0, 1));
    const table = PrefixTable.create({ prefixOf, maxPrefixes: 10 });
    expect(['a:1', 'a:1', 'b:1'].map(key => table.of(key).prefix)).toEqual([
      'a',
      'a',
      'b',
    ]);
    expect(prefixOf.mock.calls).toEqual([['a:1'], ['a:1'], ['b:1']]);
  });

  it('takes a prefix that is named other for the others', () => {
    const table = PrefixTable.create({
      prefixOf: () => OTHER_PREFIXES,
      maxPrefixes: 10,
    });
    table.of('a:1').window.hits += 1;
    expect(table.all().map(({ prefix }) => prefix)).toEqual([OTHER_PREFIXES]);
  });

  it('counts as if it looked each prefix up', () => {
    const run = (prefixOf: (key: string) => string | undefined) => {
      const table = PrefixTable.create({ prefixOf, maxPrefixes: 12 });
      const roll = dice(3);
      const windows: unknown[] = [];
      for (let event = 0; event < 20_000; event += 1) {
        // Which prefixes are used most changes from window to window.
        const team = (Math.min(roll(40), roll(40)) + (event >> 11)) % 40;
        const name = String.fromCharCode(97 + (team % 20));
        table.of(
          `${name}-team${team < 20 ? ':' : '/x/'}${roll(99)}`,
        ).window.hits += 1;
        if (event % 512 === 511) {
          const cutOff = table.settle();
          windows.push([
            cutOff,
            table.all().map(use => [use.prefix, useOf(use.endWindow().counts)]),
          ]);
        }
      }
      return {
        windows,
        totals: table.all().map(use => [use.prefix, use.total().hits] as const),
      };
    };
    const remembered = run(defaultPrefixOf);
    expect(remembered).toEqual(run(key => defaultPrefixOf(key)));
    expect(remembered.totals).toHaveLength(13);
    expect(remembered.totals.reduce((sum, [, hits]) => sum + hits, 0)).toBe(
      20_000,
    );
  });
});
