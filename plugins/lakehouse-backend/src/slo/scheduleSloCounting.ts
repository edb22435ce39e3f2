import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { SloBook, SloBookChanges } from './definitions/SloBook';
import type { SloAlerting } from './notifying/createSloAlerting';
import type { SloSchedules } from './readSloSchedules';
import type { SloRollupKeeper } from './rollups/SloRollups';
import { seriesOf } from './rollups/seriesOf';

const DAY_MS = 86_400_000;
/** Calls of one round of pruning. */
const MAX_CALLS = 100;

/** Reads definitions, counts what they want counted, and deletes what is beyond its retention; each by one replica at a time. */
export async function scheduleSloCounting(options: {
  book: Pick<SloBook, 'list'>;
  loader: { refresh(): Promise<SloBookChanges> };
  rollups: SloRollupKeeper;
  alerting: Pick<SloAlerting, 'prune'>;
  retentionDays: number;
  schedules: SloSchedules;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { book, loader, rollups, schedules, scheduler } = options;
  await scheduler.scheduleTask({
    id: 'lakehouse-slo-definitions',
    frequency: schedules.definitions,
    timeout: { minutes: 5 },
    initialDelay: { seconds: 2 },
    scope: 'global',
    fn: async () => {
      await loader.refresh();
      await rollups.setSeries(
        (
          await book.list()
        ).flatMap(({ definition }) =>
          definition.objectives.map(objective =>
            seriesOf(definition, objective),
          ),
        ),
      );
    },
  });
  await scheduler.scheduleTask({
    id: 'lakehouse-slo-counting',
    frequency: schedules.counting,
    timeout: { minutes: 5 },
    initialDelay: { seconds: 4 },
    scope: 'global',
    fn: signal => rollups.tick({ nowMs: Date.now(), signal }),
  });
  await scheduler.scheduleTask({
    id: 'lakehouse-slo-retention',
    frequency: { hours: 1 },
    timeout: { minutes: 15 },
    initialDelay: { minutes: 3 },
    scope: 'global',
    fn: signal => pruneSlos({ ...options, signal }),
  });
}

async function pruneSlos(options: {
  rollups: SloRollupKeeper;
  alerting: Pick<SloAlerting, 'prune'>;
  retentionDays: number;
  logger: LoggerService;
  signal: AbortSignal;
}): Promise<void> {
  const { rollups, alerting, logger, signal } = options;
  const beforeMs = Date.now() - options.retentionDays * DAY_MS;
  let deleted = 0;
  for (let call = 0; call < MAX_CALLS && !signal.aborted; call += 1) {
    const count =
      (await rollups.prune({ beforeMs })) +
      (await alerting.prune({ beforeMs }));
    deleted += count;
    if (count === 0) break;
  }
  if (deleted) {
    logger.info(`Deleted ${deleted} rows of SLOs beyond their retention`);
  }
}
