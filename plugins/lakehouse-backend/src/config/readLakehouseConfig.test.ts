import { mockServices } from '@backstage/backend-test-utils';
import { readLakehouseConfig } from './readLakehouseConfig';

const read = (lakehouse: object = {}) =>
  readLakehouseConfig(
    mockServices.rootConfig({
      data: { lakehouse } as Parameters<
        typeof mockServices.rootConfig
      >[0] extends { data?: infer D } | undefined
        ? D
        : never,
    }),
  );

describe('readLakehouseConfig', () => {
  it('works without any config', () => {
    const config = readLakehouseConfig(mockServices.rootConfig());
    expect(config).toMatchObject({
      ingest: {
        maxBodyBytes: 16 * 1024 * 1024,
        maxBytesInFlight: 64 * 1024 * 1024,
        maxEvents: 5_000,
      },
      maxTextLength: 10_000,
      retentionDays: { queries: 7, samples: 14, inspections: 90 },
      staleAfterSeconds: { queries: 10, cluster: 30, tables: 360 },
    });
    expect(config.schedules.queries.frequency).toEqual({ seconds: 3 });
  });

  it('takes schedules and derives from them what is stale', () => {
    const config = read({
      collectors: {
        cluster: {
          schedule: { frequency: { minutes: 1 }, timeout: { seconds: 20 } },
        },
        tables: {
          schedule: { frequency: { cron: '0 * * * *' }, timeout: 'PT1M' },
        },
      },
    });
    expect(config.schedules.cluster.timeout).toEqual({ seconds: 20 });
    expect(config.staleAfterSeconds.cluster).toBe(180);
    expect(config.staleAfterSeconds.tables).toBe(900);
  });

  it.each([
    [{ retention: { queriesDays: 0 } }, 'lakehouse.retention.queriesDays is 0'],
    [{ retention: { samplesDays: 1.5 } }, 'lakehouse.retention.samplesDays'],
    [{ ingest: { maxEvents: -1 } }, 'lakehouse.ingest.maxEvents is -1'],
    [{ ingest: { maxBodyBytes: 'x' } }, 'lakehouse.ingest.maxBodyBytes'],
    [{ queryText: { maxLength: -5 } }, 'lakehouse.queryText.maxLength'],
  ])('names the field of %j', (lakehouse, message) => {
    expect(() => read(lakehouse)).toThrow(message);
  });
});
