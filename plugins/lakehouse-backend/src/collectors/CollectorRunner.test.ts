import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '../observations/Observation';
import type { ObservationStore } from '../observations/ObservationStore';
import { StorageOutages } from '../observations/StorageOutages';
import { ChangeNotifier } from './ChangeNotifier';
import type { Collector } from './Collector';
import { CollectorRunner } from './CollectorRunner';

const swept: Observation = {
  type: 'TablesSwept',
  connection: 'analytics',
  at: '2026-11-21T10:00:00Z',
};

function setUp(batches: Observation[][] = [[swept]]) {
  const record = jest.fn(async (_: readonly Observation[]) => {});
  const signals = { publish: jest.fn(async () => {}) };
  const logger = mockServices.logger.mock();
  const outages = new StorageOutages();
  const notifier = ChangeNotifier.create({ signals, logger });
  const figures = { roundEnded: jest.fn() };
  const reruns = { add: jest.fn() };
  const runner = CollectorRunner.create({
    store: { record } as unknown as ObservationStore,
    notifier,
    outages,
    figures,
    reruns,
    logger,
  });
  const collector: Collector = {
    id: 'trino-tables:analytics',
    connection: 'analytics',
    kind: 'tables',
    async *collect() {
      yield* batches;
    },
  };
  const run = () => runner.run(collector, new AbortController().signal);
  return {
    record,
    signals,
    logger,
    outages,
    notifier,
    runner,
    collector,
    run,
    figures,
    reruns,
  };
}

describe('CollectorRunner', () => {
  it('records each batch and tells that something changed', async () => {
    const { run, record, signals, notifier } = setUp([[swept], [], [swept]]);
    await run();
    expect(record).toHaveBeenCalledTimes(2);
    expect(signals.publish).toHaveBeenCalledTimes(1);
    expect(signals.publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'lakehouse',
      message: {
        connection: 'analytics',
        kind: 'tables',
        at: expect.any(String),
      },
    });
    notifier.close();
  });

  it('remembers an outage of the store and records it as a gap when it is over', async () => {
    const { run, record, outages, logger } = setUp();
    record.mockRejectedValueOnce(
      new Error(
        'insert into x values (secret) - SQLITE_BUSY: database is locked',
      ),
    );
    await run();
    expect(outages.current('analytics')).toEqual([
      expect.objectContaining({
        subject: 'tables',
        code: 'storage',
        reason: expect.stringContaining('database is locked'),
      }),
    ]);
    expect(outages.current('other')).toEqual([]);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('secret');

    await run();
    expect(record).toHaveBeenLastCalledWith([
      {
        type: 'GapOpened',
        gap: expect.objectContaining({
          code: 'storage',
          since: expect.any(String),
          until: expect.any(String),
        }),
      },
      swept,
    ]);
    expect(outages.current('analytics')).toEqual([]);
    await run();
    expect(record).toHaveBeenLastCalledWith([swept]);
  });

  it('counts rounds with how they ended', async () => {
    const { run, runner, record, figures, collector } = setUp([
      [swept],
      [swept, swept],
    ]);
    await run();
    const ended = {
      connection: 'analytics',
      kind: 'tables',
      seconds: expect.any(Number),
    };
    expect(figures.roundEnded).toHaveBeenLastCalledWith({
      ...ended,
      outcome: 'stored',
      observations: 3,
    });
    record.mockResolvedValueOnce().mockRejectedValueOnce(new Error('gone'));
    await run();
    expect(figures.roundEnded).toHaveBeenLastCalledWith({
      ...ended,
      outcome: 'not-stored',
      observations: 1,
    });
    const broken: Collector = {
      ...collector,
      async *collect() {
        yield [];
        throw new TypeError('x is undefined');
      },
    };
    await expect(
      runner.run(broken, new AbortController().signal),
    ).rejects.toThrow('x is undefined');
    expect(figures.roundEnded).toHaveBeenLastCalledWith({
      ...ended,
      outcome: 'failed',
      observations: 0,
    });
  });

  it('schedules at the cadence of the kind, or at the collector’s own', async () => {
    const { runner, collector, reruns } = setUp();
    const scheduler = mockServices.scheduler.mock();
    const schedule = { frequency: { minutes: 2 }, timeout: { minutes: 1 } };
    await runner.schedule(collector, { scheduler, schedule });
    expect(scheduler.scheduleTask).toHaveBeenLastCalledWith(
      expect.objectContaining({
        id: 'lakehouse-collect-trino-tables-analytics',
        frequency: { minutes: 2 },
        scope: 'global',
      }),
    );
    expect(reruns.add).toHaveBeenCalledWith(
      expect.objectContaining({
        connection: 'analytics',
        kind: 'tables',
        id: 'lakehouse-collect-trino-tables-analytics',
      }),
    );
    await runner.schedule(
      { ...collector, everyMs: 1000, scope: 'local' },
      { scheduler, schedule },
    );
    expect(scheduler.scheduleTask).toHaveBeenLastCalledWith(
      expect.objectContaining({
        frequency: { milliseconds: 1000 },
        scope: 'local',
      }),
    );
  });
});

describe('ChangeNotifier', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('sends at most one signal a second, and never forgets the last change', () => {
    const { notifier, signals } = setUp();
    for (let i = 0; i < 50; i += 1) notifier.notify('analytics', 'queries');
    notifier.notify('analytics', 'tables');
    expect(signals.publish).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(1_000);
    expect(signals.publish).toHaveBeenCalledTimes(3);
    jest.advanceTimersByTime(10_000);
    expect(signals.publish).toHaveBeenCalledTimes(3);
  });
});
