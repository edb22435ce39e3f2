import type {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { OwnFigures, RoundOutcome } from '../figures/OwnFigures';
import type { ObservationStore } from '../observations/ObservationStore';
import type { StorageOutages } from '../observations/StorageOutages';
import { describeStorageError } from '../observations/storageError';
import type { ChangeNotifier } from './ChangeNotifier';
import type { Collector } from './Collector';
import type { CollectorReruns } from './CollectorReruns';

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
  readonly #figures: Pick<OwnFigures, 'roundEnded'>;
  readonly #reruns: Pick<CollectorReruns, 'add'>;
  readonly #logger: LoggerService;

  static create(options: {
    store: ObservationStore;
    notifier: ChangeNotifier;
    outages: StorageOutages;
    figures: Pick<OwnFigures, 'roundEnded'>;
    /** Is told of each task, to run it out of turn. */
    reruns: Pick<CollectorReruns, 'add'>;
    logger: LoggerService;
  }): CollectorRunner {
    return new CollectorRunner(options);
  }

  private constructor(options: Parameters<typeof CollectorRunner.create>[0]) {
    this.#store = options.store;
    this.#notifier = options.notifier;
    this.#outages = options.outages;
    this.#figures = options.figures;
    this.#reruns = options.reruns;
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
    const id = `lakehouse-collect-${collector.id}`.replace(/[^\w.-]/g, '-');
    await options.scheduler.scheduleTask({
      ...schedule,
      frequency:
        collector.everyMs === undefined
          ? schedule.frequency
          : { milliseconds: collector.everyMs },
      scope: collector.scope ?? schedule.scope ?? 'global',
      id,
      fn: signal => this.run(collector, signal),
    });
    this.#reruns.add({ ...collector, id });
  }

  /** One round of a collector. Ends early when the store fails; the next round starts anew. */
  async run(collector: Collector, signal: AbortSignal): Promise<void> {
    const { connection, kind } = collector;
    const startedAt = performance.now();
    const counted = { observations: 0 };
    let outcome: RoundOutcome = 'failed';
    try {
      outcome = await this.#collect(collector, signal, counted);
    } finally {
      this.#figures.roundEnded({
        connection,
        kind,
        outcome,
        seconds: (performance.now() - startedAt) / 1_000,
        ...counted,
      });
    }
  }

  async #collect(
    collector: Collector,
    signal: AbortSignal,
    counted: { observations: number },
  ): Promise<RoundOutcome> {
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
          return 'not-stored';
        }
        counted.observations += batch.length;
        this.#outages.forget(connection, subject);
        this.#notifier.notify(connection, kind);
      }
      if (signal.aborted) break;
    }
    return 'stored';
  }
}
