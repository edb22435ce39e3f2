import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { LakehouseSignal } from '@lakehouse-ops/plugin-lakehouse-common';
import type { HumanDuration } from '@backstage/types';
import type { Knex } from 'knex';
import type { SloBook } from '../definitions/SloBook';
import type { SloAlerting } from '../notifying/createSloAlerting';
import type { SloRollups } from '../rollups/SloRollups';
import { DatabaseSloStates } from './DatabaseSloStates';
import { Judge } from './Judge';
import { Rounds } from './Rounds';
import { SloEvaluator } from './SloEvaluator';

/** All that has to do with judging SLOs. */
export interface SloEvaluation {
  readonly states: DatabaseSloStates;
  readonly evaluator: SloEvaluator;
}

/** @param options - `db`: with an up-to-date schema */
export function createSloEvaluation(options: {
  db: Knex;
  book: SloBook;
  rollups: SloRollups;
  alerting: Pick<SloAlerting, 'register' | 'steps' | 'alertLog'>;
  notifier: {
    notify(connection: string, kind: LakehouseSignal['kind']): void;
  };
  logger: LoggerService;
}): SloEvaluation {
  const { db, book, rollups, alerting, notifier, logger } = options;
  const states = DatabaseSloStates.create({ db });
  return {
    states,
    evaluator: SloEvaluator.create({
      ...alerting,
      book,
      judge: Judge.create({ rollups, logger }),
      states,
      rounds: Rounds.create({ db }),
      notifier,
      logger,
    }),
  };
}

/** Judges and tells, each by one replica at a time. */
export async function scheduleSloEvaluation(options: {
  evaluator: Pick<SloEvaluator, 'evaluate'>;
  delivery: SloAlerting['delivery'];
  scheduler: SchedulerService;
  /** How often SLOs are judged. */
  frequency: HumanDuration;
}): Promise<void> {
  const { evaluator, delivery, scheduler, frequency } = options;
  await scheduler.scheduleTask({
    id: 'lakehouse-slo-evaluation',
    frequency,
    timeout: { minutes: 2 },
    initialDelay: { seconds: 5 },
    scope: 'global',
    fn: () => evaluator.evaluate({ nowMs: Date.now() }),
  });
  await scheduler.scheduleTask({
    id: 'lakehouse-slo-delivery',
    frequency: { seconds: 5 },
    timeout: { minutes: 5 },
    initialDelay: { seconds: 5 },
    scope: 'global',
    fn: signal => delivery.run({ nowMs: Date.now(), signal }),
  });
}
