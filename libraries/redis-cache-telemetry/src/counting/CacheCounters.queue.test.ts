import { dice } from '../__testUtils__/dice';
import { CacheCounters } from './CacheCounters';

/** As many events as wait to be counted. */
const CAPACITY = 256;

function setUp(
  options: {
    maxPrefixes?: number;
    prefixOf?: (key: string) => string | undefined;
  } = {},
) {
  let nowMs = 0;
  const prefixOf = jest.fn((key: string) => `${key.split(':')[0]}:`);
  const counters = CacheCounters.create({
    prefixOf,
    maxPrefixes: 100,
    maxKeysInFlight: 1_000,
    fillTimeoutMs: 60_000,
    nowMs: () => nowMs,
    ...options,
  });
  return {
    counters,
    prefixOf,
    after: (ms: number) => {
      nowMs += ms;
      return counters;
    },
    hits: (count: number) => {
      for (let hit = 0; hit < count; hit += 1) counters.hit(`a:${hit}`);
    },
    total: (prefix: string) =>
      counters.totals().prefixes.find(one => one.prefix === prefix)?.counts,
  };
}

describe('events that wait to be counted', () => {
  it('wait until there are 256', () => {
    const { hits, counters, prefixOf } = setUp();
    hits(CAPACITY - 1);
    expect(prefixOf).not.toHaveBeenCalled();
    counters.hit('b:last');
    expect(prefixOf).toHaveBeenCalledTimes(CAPACITY);
    expect(prefixOf).toHaveBeenLastCalledWith('b:last');
  });

  it.each([1, CAPACITY - 1, CAPACITY, CAPACITY + 1, 3 * CAPACITY + 7])(
    'are all counted, once, when there are %s',
    count => {
      const { hits, counters, total, prefixOf } = setUp();
      hits(count);
      expect(total('a:')?.hits).toBe(count);
      expect(total('a:')?.hits).toBe(count);
      expect(prefixOf).toHaveBeenCalledTimes(count);
      expect(counters.totals().unattributed).toBe(0);
    },
  );

  // The miss is the last of one lot, the write the first of the next; and both in one lot.
  it.each([CAPACITY - 3, CAPACITY - 2, CAPACITY - 1, CAPACITY])(
    'are counted in the order in which they happened, after %s others',
    before => {
      const { hits, after, total } = setUp();
      hits(before);
      after(5).written('b:1');
      after(5).missed('b:1');
      after(30).written('b:1');
      after(5).missed('b:2');
      after(5).hit('b:2');
      after(5).written('b:2');
      after(3_000);
      expect(total('b:')).toMatchObject({
        hits: 1,
        misses: 2,
        writes: 3,
        fills: 1,
        fillMs: 30,
      });
    },
  );

  it('are counted as if each was counted at once', () => {
    const run = (readEach: boolean) => {
      const { counters, after } = setUp({ maxPrefixes: 4 });
      const roll = dice(7);
      const windows: unknown[] = [];
      for (let event = 0; event < 5_000; event += 1) {
        const key = `${'abcdef'[Math.min(roll(6), roll(6))]}:${roll(30)}`;
        after(roll(400));
        const kind = roll(4);
        if (kind === 0) counters.hit(key);
        else if (kind === 1) counters.missed(key);
        else if (kind === 2) counters.written(key);
        else counters.deleted(key);
        if (readEach) counters.totals();
        if (event % 777 === 776) windows.push(counters.endWindow());
      }
      return { windows, totals: counters.totals() };
    };
    const atOnce = run(true);
    expect(run(false)).toEqual(atOnce);
    const sum = atOnce.totals.prefixes.reduce(
      (all, { counts }) =>
        all + counts.hits + counts.misses + counts.writes + counts.deletes,
      0,
    );
    expect(sum).toBe(5_000);
    expect(atOnce.totals.prefixes.some(({ counts }) => counts.fills > 0)).toBe(
      true,
    );
  });

  it('are counted before totals are read', () => {
    const { counters } = setUp();
    counters.missed('a:1');
    counters.deleted('b:1');
    expect(counters.totals()).toMatchObject({
      prefixes: [
        { prefix: 'a:', counts: { misses: 1 } },
        { prefix: 'b:', counts: { deletes: 1 } },
      ],
      keysInFlight: 1,
    });
  });

  it('are counted before a window ends, and later ones in the next', () => {
    const { counters } = setUp();
    counters.hit('a:1');
    counters.hit('a:2');
    const first = counters.endWindow();
    counters.hit('a:3');
    const second = counters.endWindow();
    expect(
      [first, second].map(({ prefixes }) => prefixes[0].counts.hits),
    ).toEqual([2, 1]);
    expect(counters.endWindow().prefixes).toEqual([]);
  });

  it('are counted before it is told which prefixes are used most, and which keys are late', () => {
    const { counters, after } = setUp({ maxPrefixes: 1 });
    counters.hit('a:1');
    counters.missed('b:1');
    counters.hit('b:2');
    after(60_001);
    expect(counters.endWindow().prefixesCutOff).toBe(1);
    expect(counters.totals().keysInFlight).toBe(0);
    counters.hit('b:3');
    expect(counters.endWindow().prefixes).toMatchObject([
      { prefix: 'b:', counts: { hits: 1 } },
    ]);
  });

  it('keep the time at which they happened, however late figures are read', () => {
    const { after, total } = setUp();
    after(0).missed('a:1');
    after(40).written('a:1');
    after(0).missed('a:2');
    after(50_000);
    expect(total('a:')).toMatchObject({ fills: 1, fillMs: 40 });
    after(0).written('a:2');
    expect(total('a:')).toMatchObject({ fills: 2, fillMs: 50_040 });
  });

  it('are told as not counted when there is no telling their prefix, and keep none after them', () => {
    const { counters, total } = setUp({
      prefixOf: key => {
        if (key === 'a:broken') throw new Error('broken');
        return 'a:';
      },
    });
    counters.hit('a:1');
    counters.missed('a:broken');
    counters.hit('a:2');
    for (let hit = 0; hit < 2 * CAPACITY; hit += 1) counters.hit('a:broken');
    counters.hit('a:3');
    expect(total('a:')).toMatchObject({ hits: 3, misses: 0 });
    expect(counters.totals()).toMatchObject({
      unattributed: 2 * CAPACITY + 1,
      keysInFlight: 0,
    });
  });
});
