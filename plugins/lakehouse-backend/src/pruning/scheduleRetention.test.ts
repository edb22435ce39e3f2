import { mockServices } from '@backstage/backend-test-utils';
import { pruneAll, scheduleRetention } from './scheduleRetention';

const retentionDays = { queries: 7, samples: 14, inspections: 90 };
const logger = mockServices.logger.mock();
const daysAgo = (time: string) =>
  Math.round((Date.now() - Date.parse(time)) / 86_400_000);

describe('retention', () => {
  it('deletes in small steps until nothing is left to delete', async () => {
    const prune = jest
      .fn()
      .mockResolvedValueOnce(5_000)
      .mockResolvedValueOnce(12)
      .mockResolvedValue(0);
    const { signal } = new AbortController();
    const sumUp = jest.fn().mockResolvedValueOnce(5_000).mockResolvedValue(0);
    await pruneAll({ store: { prune, sumUp }, retentionDays, logger, signal });
    expect(sumUp).toHaveBeenCalledTimes(2);
    const [{ cacheUseBefore }] = sumUp.mock.calls[0];
    // A report may be a day late.
    expect(Date.parse(cacheUseBefore)).toBeLessThan(Date.now() - 86_400_000);
    expect(prune).toHaveBeenCalledTimes(3);
    const [before] = prune.mock.calls[0];
    expect(daysAgo(before.queriesBefore)).toBe(7);
    expect(daysAgo(before.samplesBefore)).toBe(14);
    expect(daysAgo(before.gapsBefore)).toBe(14);
    expect(daysAgo(before.inspectionsBefore)).toBe(90);
  });

  it('ends when it is told to, and never goes on for ever', async () => {
    const prune = jest.fn(async () => 1);
    const sumUp = jest.fn(async () => 1);
    const controller = new AbortController();
    const options = { store: { prune, sumUp }, retentionDays, logger };
    await pruneAll({ ...options, signal: controller.signal });
    expect(prune).toHaveBeenCalledTimes(100);
    expect(sumUp).toHaveBeenCalledTimes(100);
    controller.abort();
    await pruneAll({ ...options, signal: controller.signal });
    expect(prune).toHaveBeenCalledTimes(100);
  });

  it('runs on one replica an hour', async () => {
    const scheduler = mockServices.scheduler.mock();
    const store = {
      prune: jest.fn(async () => 0),
      sumUp: jest.fn(async () => 0),
    };
    await scheduleRetention({ store, retentionDays, scheduler, logger });
    expect(scheduler.scheduleTask).toHaveBeenCalledWith(
      expect.objectContaining({ scope: 'global', frequency: { hours: 1 } }),
    );
  });
});
