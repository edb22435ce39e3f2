import { CacheEvent, EventQueue } from './EventQueue';

/** As many as wait at most. */
const CAPACITY = 256;

function drained(queue: EventQueue) {
  const taken: Array<[number, string, number]> = [];
  queue.drain((...event) => taken.push(event));
  return taken;
}

describe('EventQueue', () => {
  it('is full with 256 events, and not before', () => {
    const queue = EventQueue.create();
    for (let event = 1; event < CAPACITY; event += 1) {
      queue.add(CacheEvent.hit, 'a:1', 0);
      expect(queue.full).toBe(false);
    }
    queue.add(CacheEvent.hit, 'a:1', 0);
    expect(queue.full).toBe(true);
  });

  it('hands out all, in order, each with its kind, key and time', () => {
    const queue = EventQueue.create();
    const kinds = Object.values(CacheEvent);
    const events = Array.from(
      { length: CAPACITY },
      (_, index) =>
        [kinds[index % kinds.length], `a:${index}`, index / 2] as const,
    );
    for (const event of events) queue.add(...event);
    expect(drained(queue)).toEqual(events);
    expect(queue.full).toBe(false);
  });

  it('hands out nothing twice', () => {
    const queue = EventQueue.create();
    for (let event = 0; event < CAPACITY; event += 1) {
      queue.add(CacheEvent.miss, `a:${event}`, event);
    }
    drained(queue);
    expect(drained(queue)).toEqual([]);
    queue.add(CacheEvent.write, 'b:1', 7);
    expect(drained(queue)).toEqual([[CacheEvent.write, 'b:1', 7]]);
  });

  it('is empty to whoever drains it while it is drained', () => {
    const queue = EventQueue.create();
    queue.add(CacheEvent.hit, 'a:1', 0);
    queue.add(CacheEvent.hit, 'a:2', 0);
    const keys: string[] = [];
    queue.drain((_, key) => {
      keys.push(key, ...drained(queue).map(([, inner]) => inner));
    });
    expect(keys).toEqual(['a:1', 'a:2']);
  });
});
