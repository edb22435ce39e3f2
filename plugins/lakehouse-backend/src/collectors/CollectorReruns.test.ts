import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { CollectorReruns } from './CollectorReruns';
import { subscribeToConnectionChanges } from './subscribeToConnectionChanges';

function setUp() {
  const scheduler = mockServices.scheduler.mock();
  const logger = mockServices.logger.mock();
  const reruns = CollectorReruns.create({ scheduler, logger });
  reruns.add({ connection: 'cache', kind: 'cache', id: 'redis-cache' });
  reruns.add({ connection: 'cache', kind: 'cache', id: 'redis-keyspace' });
  reruns.add({ connection: 'analytics', kind: 'tables', id: 'trino-tables' });
  reruns.add({ connection: 'analytics', kind: 'cluster', id: 'trino-cluster' });
  return { scheduler, logger, reruns };
}

describe('CollectorReruns', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const after = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('runs all collectors of the connection once, however many changes are told', async () => {
    const { scheduler, reruns } = setUp();
    for (let index = 0; index < 1_000; index += 1) reruns.request('cache');
    await after(10_000);
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['redis-cache'],
      ['redis-keyspace'],
    ]);
    reruns.request('cache');
    await after(10_000);
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(4);
    reruns.request('nobody');
    await after(10_000);
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(4);
  });

  it('does not sweep all tables for it', async () => {
    const { scheduler, reruns } = setUp();
    reruns.request('analytics');
    await after(1_000);
    expect(scheduler.triggerTask.mock.calls).toEqual([['trino-cluster']]);
  });

  it('waits for a round that began before the change, but not for ever', async () => {
    const { scheduler, logger, reruns } = setUp();
    const running = new ConflictError('it is running');
    scheduler.triggerTask
      .mockRejectedValueOnce(running)
      .mockRejectedValueOnce(running)
      .mockResolvedValue(undefined);
    reruns.request('analytics');
    await after(60_000);
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(3);
    expect(logger.warn).not.toHaveBeenCalled();

    scheduler.triggerTask.mockReset().mockRejectedValue(running);
    reruns.request('analytics');
    await after(600_000);
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(20);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('tells when the scheduler fails, and runs nothing once it is closed', async () => {
    const { scheduler, logger, reruns } = setUp();
    scheduler.triggerTask.mockRejectedValue(new Error('database is locked'));
    reruns.request('analytics');
    await after(1_000);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('at its usual time: database is locked'),
    );
    reruns.request('cache');
    reruns.close();
    await after(60_000);
    expect(scheduler.triggerTask).toHaveBeenCalledTimes(1);
  });
});

describe('subscribeToConnectionChanges', () => {
  it('asks for a look at the connection that an event names', async () => {
    const logger = mockServices.logger.mock();
    const events = mockServices.events.mock();
    const reruns = { request: jest.fn() };
    await subscribeToConnectionChanges({ events, reruns, logger });
    const [{ topics, onEvent }] = events.subscribe.mock.calls[0];
    expect(topics).toEqual(['lakehouse.connection-changed']);
    const tell = (eventPayload: unknown) =>
      onEvent({ topic: 'lakehouse.connection-changed', eventPayload });
    await tell({ system: 'redis', connection: 'cache' });
    expect(reruns.request).toHaveBeenCalledWith('cache');
    await tell({ connection: 7 });
    await tell(undefined);
    expect(reruns.request).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });
});
