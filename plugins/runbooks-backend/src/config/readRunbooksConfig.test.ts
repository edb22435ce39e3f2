import { ConfigReader } from '@backstage/config';
import { readRunbooksConfig } from './readRunbooksConfig';

describe('readRunbooksConfig', () => {
  it('has a value for everything', () => {
    expect(readRunbooksConfig(new ConfigReader({}))).toMatchObject({
      maxConcurrentRuns: 10,
      previewTtlMs: 600_000,
      leaseMs: 30_000,
      keepLogsMs: 90 * 86_400_000,
      personWaitMs: 86_400_000,
    });
  });

  it('reads durations and counts', () => {
    const config = readRunbooksConfig(
      new ConfigReader({
        runbooks: {
          deniedHelp: 'Ask team-platform.',
          maxConcurrentRuns: 3,
          previewTtl: { minutes: 5 },
          lease: '10s',
          maxPersonTime: '2h',
          reconcile: { patience: 'PT1H' },
        },
      }),
    );
    expect(config).toMatchObject({
      deniedHelp: 'Ask team-platform.',
      maxConcurrentRuns: 3,
      previewTtlMs: 300_000,
      leaseMs: 10_000,
      personWaitMs: 7_200_000,
      reconcilePatienceMs: 3_600_000,
    });
  });

  it('names a value that makes no sense', () => {
    expect(() =>
      readRunbooksConfig(
        new ConfigReader({ runbooks: { maxConcurrentRuns: 0 } }),
      ),
    ).toThrow('runbooks.maxConcurrentRuns must be greater than 0, and is 0');
  });
});
