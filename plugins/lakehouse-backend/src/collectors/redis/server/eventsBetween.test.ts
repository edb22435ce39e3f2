import { EvictionWatch } from './EvictionWatch';
import { eventsBetween, type NodesLook } from './eventsBetween';

const look = (...primaries: NodesLook['primaries']): NodesLook => ({
  at: '2026-11-21T10:00:00.000Z',
  primaries,
});
const primary = (
  id: string,
  runId: string,
  slots?: readonly [number, number],
) => ({
  id,
  role: 'primary' as const,
  runId,
  nodeId: slots && `node of ${id}`,
  slots: slots && [slots],
});
const between = (before: NodesLook | undefined, now: NodesLook) =>
  eventsBetween({ connection: 'c', mode: 'cluster', before, now }).map(
    ({ kind, title }) => [kind, title],
  );

describe('eventsBetween', () => {
  it('tells nothing at first, nor when nothing changed', () => {
    const same = look(primary('a', '1'));
    expect(between(undefined, same)).toEqual([]);
    expect(between(same, same)).toEqual([]);
  });

  it('tells a restart', () => {
    expect(between(look(primary('a', '1')), look(primary('a', '2')))).toEqual([
      ['restart', 'Redis a has restarted; its counters begin anew'],
    ]);
  });

  it('tells who took over from whom by slots', () => {
    expect(
      between(
        look(primary('a', '1', [0, 99]), primary('b', '2', [100, 199])),
        look(primary('a', '1', [0, 99]), primary('c', '3', [100, 199])),
      ),
    ).toEqual([['failover', 'Redis c took over from b']]);
  });

  it('tells no failover when a cluster grows or a node changes its address', () => {
    const b = primary('b', '2', [100, 199]);
    expect(
      between(
        look(primary('a', '1', [0, 199])),
        look(primary('a', '1', [0, 99]), b),
      ),
    ).toEqual([]);
    expect(between(look(b), look({ ...b, id: 'b2' }))).toEqual([]);
  });

  it('tells who Sentinel chose', () => {
    expect(between(look(primary('a', '1')), look(primary('b', '2')))).toEqual([
      ['failover', 'Redis b took over from a'],
    ]);
  });
});

describe('EvictionWatch', () => {
  it('tells the beginning once, and the end when it is quiet', () => {
    const watch = EvictionWatch.create('c');
    const observe = (seconds: number, evictedKeys: number | undefined) =>
      watch
        .observe({ evictedKeys, atMs: seconds * 1000 })
        .map(({ at, until }) => [Date.parse(at), until && Date.parse(until)]);
    expect(observe(0, 0)).toEqual([]);
    expect(observe(10, 5)).toEqual([[10_000, undefined]]);
    expect(observe(20, 9)).toEqual([]);
    expect(observe(30, undefined)).toEqual([]);
    expect(observe(40, 0)).toEqual([]);
    expect(observe(81, 0)).toEqual([[10_000, 20_000]]);
    expect(observe(91, 0)).toEqual([]);
    expect(observe(100, 1)).toEqual([[100_000, undefined]]);
  });
});
