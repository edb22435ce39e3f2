import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation, QueryObserved } from '../observations/Observation';
import { DEFAULT_INGEST_LIMITS, IngestQueue } from './IngestQueue';

function event(queryId: string): QueryObserved {
  return {
    type: 'QueryObserved',
    query: {
      connection: 'analytics',
      queryId,
      state: 'FINISHED',
      clientTags: [],
      resourceGroup: [],
      createdAt: '2026-11-21T10:00:00Z',
      tablesRead: [],
      tablesWritten: [],
      observedBy: ['listener'],
      observedAt: '2026-11-21T10:00:00Z',
    },
  };
}

function gatedStore() {
  const batches: Array<readonly Observation[]> = [];
  const gates: Array<() => void> = [];
  return {
    batches,
    open: () => gates.shift()?.(),
    record: (batch: readonly Observation[]) => {
      batches.push(batch);
      return new Promise<void>(resolve => gates.push(resolve));
    },
  };
}

describe('IngestQueue', () => {
  it('answers only when the batch is committed', async () => {
    const store = gatedStore();
    const committed = jest.fn();
    const queue = IngestQueue.create({ store, onCommitted: committed });
    let answered = false;
    const done = queue.submit(event('1')).then(() => {
      answered = true;
    });
    await sleep(60);
    expect(store.batches).toHaveLength(1);
    expect(answered).toBe(false);
    store.open();
    await done;
    expect(committed).toHaveBeenCalledTimes(1);
  });

  it('shares one transaction among those that wait, up to 500', async () => {
    const store = gatedStore();
    const queue = IngestQueue.create({ store });
    const all = Array.from({ length: 1_201 }, (_, i) =>
      queue.submit(event(`${i}`)),
    );
    for (let batch = 0; batch < 3; batch += 1) {
      await sleep(40);
      store.open();
    }
    await Promise.all(all);
    expect(store.batches.map(batch => batch.length)).toEqual([500, 500, 201]);
  });

  it('refuses a batch that the store does not take, and goes on', async () => {
    const record = jest
      .fn()
      .mockRejectedValueOnce(new Error('insert secret text - disk I/O error'))
      .mockResolvedValue(undefined);
    const failed = jest.fn();
    const queue = IngestQueue.create({ store: { record }, onFailed: failed });
    const refused = queue.submit(event('1'));
    await expect(refused).rejects.toThrow(/disk I\/O error/);
    await expect(refused).rejects.not.toThrow(/secret text/);
    await expect(refused).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(failed).toHaveBeenCalledTimes(1);
    await queue.submit(event('2'));
  });

  it('bounds the events and bytes in flight', () => {
    const store = gatedStore();
    const queue = IngestQueue.create({
      store,
      limits: { ...DEFAULT_INGEST_LIMITS, maxBytesInFlight: 100, maxEvents: 3 },
    });
    const one = queue.admit(60);
    expect(() => queue.admit(60)).toThrow(/as many as are allowed/);
    const two = queue.admit(undefined);
    two.addBytes(40);
    expect(() => two.addBytes(1)).toThrow(/as many as are allowed/);
    one.addBytes(60);
    one.releaseBytes();
    two.addBytes(1);
    const three = queue.admit(0);
    expect(() => queue.admit(0)).toThrow(/There are 3 events/);
    three.release();
    three.release();
    queue.admit(0);
    expect(() => queue.admit(0)).toThrow();
  });
});
