import { dice } from '../__testUtils__/dice';
import { FillTracker } from './FillTracker';
import { PrefixUse } from './PrefixUse';

const TIMEOUT_MS = 60_000;
/** For how long a key counts as being filled while nothing is known of fills. */
const ASSUMED_FILL_MS = 5_000;

/** Of one length and with the same end: these share a place in the filter. */
const [ONE, TWO, THREE] = ['a:1:shared', 'b:1:shared', 'c:1:shared'];

function setUp(maxKeys = 100) {
  const tracker = FillTracker.create({ maxKeys, timeoutMs: TIMEOUT_MS });
  const use = PrefixUse.create('any:');
  return {
    tracker,
    use,
    miss: (key: string, atMs = 0) => tracker.missed(key, use, atMs),
    write: (key: string, atMs = 0) => tracker.written(key, use, atMs),
  };
}

describe('FillTracker', () => {
  it('ends the fill of a key that is hit, and of no other in its place', () => {
    const { tracker, use, miss, write } = setUp();
    miss(ONE);
    miss(TWO);
    tracker.hit(ONE);
    expect(tracker.size).toBe(1);
    write(ONE, 10);
    expect(use.window.fills).toBe(0);
    write(TWO, 20);
    expect(use.window).toMatchObject({ fills: 1, fillMs: 20 });
  });

  it('finds each of the keys that share a place, until the last is gone', () => {
    const { tracker, miss, write } = setUp();
    for (const key of [ONE, TWO, THREE]) miss(key);
    tracker.hit(TWO);
    write(ONE);
    expect(tracker.size).toBe(1);
    tracker.hit(THREE);
    expect(tracker.size).toBe(0);
  });

  it('keeps what is filled when another key of its place is hit or written', () => {
    const { tracker, miss, write } = setUp();
    miss(ONE);
    tracker.hit(TWO);
    tracker.hit(TWO);
    write(TWO);
    expect(tracker.size).toBe(1);
    tracker.hit(ONE);
    expect(tracker.size).toBe(0);
  });

  it('takes a key off its place once, though it is written and hit again', () => {
    const { tracker, miss, write } = setUp();
    miss(ONE);
    miss(TWO);
    write(ONE);
    write(ONE);
    tracker.hit(ONE);
    tracker.hit(TWO);
    expect(tracker.size).toBe(0);
  });

  it('lets go what is older than the timeout, and nothing younger', () => {
    const { tracker, use, miss, write } = setUp();
    miss(ONE, 0);
    miss(TWO, 1);
    tracker.expire(TIMEOUT_MS);
    expect(tracker.size).toBe(2);
    tracker.expire(TIMEOUT_MS + 1);
    expect(tracker.size).toBe(1);
    // It is gone from its place, and the other is not.
    tracker.hit(ONE);
    write(ONE, TIMEOUT_MS + 1);
    expect(use.window.fills).toBe(0);
    tracker.hit(TWO);
    expect(tracker.size).toBe(0);
    expect(tracker.forgotten).toBe(0);
  });

  it('finds a key that is filled anew after it expired', () => {
    const { tracker, miss } = setUp();
    miss(ONE, 0);
    tracker.expire(TIMEOUT_MS + 1);
    miss(ONE, TIMEOUT_MS + 2);
    expect(tracker.size).toBe(1);
    tracker.hit(ONE);
    expect(tracker.size).toBe(0);
  });

  it('begins anew when a miss comes too late to belong to a fill, and then expires by that', () => {
    const { tracker, use, miss, write } = setUp();
    const againMs = ASSUMED_FILL_MS + 1;
    miss(ONE, 0);
    miss(TWO, 10);
    miss(ONE, againMs);
    expect(use.window.duplicateMisses).toBe(0);
    tracker.expire(TIMEOUT_MS + 11);
    expect(tracker.size).toBe(1);
    write(ONE, TIMEOUT_MS + 11);
    expect(use.window.fillMs).toBe(TIMEOUT_MS + 11 - againMs);
    miss(ONE, TIMEOUT_MS + 12);
    tracker.hit(ONE);
    expect(tracker.size).toBe(0);
  });

  it('forgets the oldest when there are too many, and still finds the others', () => {
    const { tracker, miss } = setUp(2);
    miss(ONE, 0);
    miss(TWO, 1);
    miss(THREE, 2);
    expect([tracker.size, tracker.forgotten]).toEqual([2, 1]);
    tracker.hit(ONE);
    expect(tracker.size).toBe(2);
    tracker.hit(TWO);
    tracker.hit(THREE);
    expect(tracker.size).toBe(0);
  });

  it('makes room by what expired before it forgets', () => {
    const { tracker, miss } = setUp(2);
    miss(ONE, 0);
    miss(TWO, TIMEOUT_MS);
    miss(THREE, TIMEOUT_MS + 1);
    expect([tracker.size, tracker.forgotten]).toEqual([2, 0]);
  });

  it('times no fills of very long keys', () => {
    const { tracker, use, miss, write } = setUp();
    const long = `a:${'x'.repeat(511)}`;
    miss(long);
    miss(long.slice(1));
    expect(tracker.size).toBe(1);
    tracker.hit(long);
    write(long, 5);
    expect(use.window.fills).toBe(0);
  });

  it('knows what is being filled, whatever happens in which order', () => {
    const roll = dice(11);
    const tracker = FillTracker.create({ maxKeys: 12, timeoutMs: TIMEOUT_MS });
    const startedAt = new Map<string, number>();
    const told = { duplicates: 0, fills: 0 };
    let duplicates = 0;
    let fills = 0;
    let forgotten = 0;
    let most = 0;
    const expire = (nowMs: number) => {
      for (const [key, atMs] of startedAt) {
        if (nowMs - atMs > TIMEOUT_MS) startedAt.delete(key);
      }
    };
    let nowMs = 0;
    for (let event = 0; event < 20_000; event += 1) {
      // Five in each of four places, and of two lengths.
      const key = `${'abcde'[roll(5)]}:${roll(2) ? '1' : '22'}:end-${roll(2)}`;
      // Of a prefix without fills, so that the assumed time stands.
      const use = PrefixUse.create('any:');
      nowMs += roll(roll(20) ? 1_000 : 40_000);
      const kind = roll(10);
      if (kind < 6) {
        tracker.missed(key, use, nowMs);
        const atMs = startedAt.get(key);
        if (atMs === undefined || nowMs - atMs > ASSUMED_FILL_MS) {
          startedAt.delete(key);
          if (atMs === undefined && startedAt.size >= 12) expire(nowMs);
          if (startedAt.size >= 12) {
            const [oldest] = startedAt.keys();
            startedAt.delete(oldest);
            forgotten += 1;
          }
          startedAt.set(key, nowMs);
        } else {
          duplicates += 1;
        }
      } else if (kind < 8) {
        tracker.hit(key);
        startedAt.delete(key);
      } else if (kind < 9) {
        tracker.written(key, use, nowMs);
        const atMs = startedAt.get(key);
        const isFill = atMs !== undefined && nowMs - atMs <= TIMEOUT_MS;
        fills += Number(isFill);
        startedAt.delete(key);
      } else {
        tracker.expire(nowMs);
        expire(nowMs);
      }
      told.duplicates += use.window.duplicateMisses;
      told.fills += use.window.fills;
      most = Math.max(most, tracker.size);
      expect(tracker.size).toBe(startedAt.size);
    }
    expect(told).toEqual({ duplicates, fills });
    expect(Math.min(duplicates, fills)).toBeGreaterThan(0);
    expect(tracker.forgotten).toBe(forgotten);
    expect(forgotten).toBeGreaterThan(0);
    expect(most).toBe(12);
  });
});
