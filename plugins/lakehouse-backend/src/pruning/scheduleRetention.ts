import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { LakehouseConfig } from '../config/readLakehouseConfig';
import type { ObservationStore } from '../observations/ObservationStore';

const DAY_MS = 86_400_000;
/** Reports of what applications did with a cache are taken for a day: no older one can come again. */
const CACHE_USE_MS = DAY_MS + 3_600_000;
/** Calls of one round: with 5,000 rows a kind each, ten million queries a day are kept up with. */
const MAX_CALLS = 100;

/** Deletes what is older than the retention of the config, and sums up what is kept in parts, hourly and in small transactions. */
export async function scheduleRetention(options: {
  store: Pick<ObservationStore, 'prune' | 'sumUp'>;
  retentionDays: LakehouseConfig['retentionDays'];
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler } = options;
  await scheduler.scheduleTask({
    id: 'lakehouse-retention',
    frequency: { hours: 1 },
    timeout: { minutes: 15 },
    initialDelay: { minutes: 2 },
    scope: 'global',
    fn: signal => pruneAll({ ...options, signal }),
  });
}

export async function pruneAll(options: {
  store: Pick<ObservationStore, 'prune' | 'sumUp'>;
  retentionDays: LakehouseConfig['retentionDays'];
  logger: LoggerService;
  signal: AbortSignal;
}): Promise<void> {
  const { store, retentionDays, logger, signal } = options;
  const before = (days: number) =>
    new Date(Date.now() - days * DAY_MS).toISOString();
  let deleted = 0;
  for (let call = 0; call < MAX_CALLS && !signal.aborted; call += 1) {
    const count = await store.prune({
      queriesBefore: before(retentionDays.queries),
      samplesBefore: before(retentionDays.samples),
      inspectionsBefore: before(retentionDays.inspections),
      gapsBefore: before(retentionDays.samples),
    });
    deleted += count;
    if (count === 0) break;
  }
  for (let call = 0; call < MAX_CALLS && !signal.aborted; call += 1) {
    const cacheUseBefore = new Date(Date.now() - CACHE_USE_MS).toISOString();
    if ((await store.sumUp({ cacheUseBefore })) === 0) break;
  }
  if (deleted) logger.info(`Deleted ${deleted} rows beyond their retention`);
}
