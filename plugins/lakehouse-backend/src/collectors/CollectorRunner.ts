import type {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../observations/ObservationStore';
import type { StorageOutages } from '../observations/StorageOutages';
import { describeStorageError } from '../observations/storageError';
import type { ChangeNotifier } from './ChangeNotifier';
import type { Collector } from './Collector';

/** What is missing in the record while the store does not take a collector's observations. */
const SUBJECTS: Record<Collector['kind'], GapSubject> = {
  queries: 'queries',
  cluster: 'cluster.memory',
  tables: 'tables',
  cache: 'cache',
  dashboards: 'dashboards',
  workloads: 'workloads',
  gateway: 'gateway',
  metrics: 'metrics',
};

/** Runs collectors at their cadence, on one replica at a time, and stores what they tell. */
export class CollectorRunner {
  readonly #store: ObservationStore;
  readonly #notifier: ChangeNotifier;
  readonly #outages: StorageOutages;
  readonly #logger: LoggerService;

  static create(options: {
    store: ObservationStore;
    notifier: ChangeNotifier;
    outages: StorageOutages;
    logger: LoggerService;
  }): CollectorRunner {
    return new CollectorRunner(options);
  }

  private constructor(options: Parameters<typeof CollectorRunner.create>[0]) {
    this.#store = options.store;
    this.#notifier = options.notifier;
    this.#outages = options.outages;
    this.#logger = options.logger;
  }

  /**
   * The scheduler's global scope does all that is needed: one replica at a
   * time, another one when that dies, and cadences under its own five seconds
   * are polled at the cadence itself.
   */
  async schedule(
    collector: Collector,
    options: {
      scheduler: SchedulerService;
      schedule: SchedulerServiceTaskScheduleDefinition;
    },
  ): Promise<void> {
    const { schedule } = options;
    await options.scheduler.scheduleTask({
      ...schedule,
      frequency:
        collector.everyMs === undefined
          ? schedule.frequency
          : { milliseconds: collector.everyMs },
      scope: collector.scope ?? schedule.scope ?? 'global',
      id: `lakehouse-collect-${collector.id}`.replace(/[^\w.-]/g, '-'),
      fn: signal => this.run(collector, signal),
    });
  }

  /** One round of a collector. Ends early when the store fails; the next round starts anew. */
  async run(collector: Collector, signal: AbortSignal): Promise<void> {
    const { connection, kind } = collector;
    const subject = SUBJECTS[kind];
    for await (const batch of collector.collect({ signal })) {
      if (batch.length) {
        try {
          await this.#store.record([
            ...this.#outages.recovered(connection, subject),
            ...batch,
          ]);
        } catch (error) {
          this.#outages.failed({ connection, subject, error });
          this.#logger.warn(
            `What ${collector.id} saw was not stored: ${describeStorageError(
              error,
            )}. It is collected again at the next round.`,
          );
          return;
        }
        this.#outages.forget(connection, subject);
        this.#notifier.notify(connection, kind);
      }
      if (signal.aborted) return;
    }
  }
}
