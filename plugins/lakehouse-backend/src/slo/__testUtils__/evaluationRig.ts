import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { createSloEvaluation } from '../evaluation/createSloEvaluation';
import { createSloAlerting } from '../notifying/createSloAlerting';
import { FakeSloBook } from './FakeSloBook';
import { FakeSloRollups } from './FakeSloRollups';

/** Evaluation, alerts and deliveries of one replica, over a real database. */
export function evaluationRig(
  knex: Knex,
  options: {
    book?: FakeSloBook;
    rollups?: FakeSloRollups;
    config?: object;
  } = {},
) {
  const book = options.book ?? new FakeSloBook();
  const rollups = options.rollups ?? new FakeSloRollups();
  const sent: NotificationSendOptions[] = [];
  const signals: string[] = [];
  const published: EventParams[] = [];
  const alerting = createSloAlerting({
    db: knex,
    config: mockServices.rootConfig({
      data: { app: { baseUrl: 'https://app.example.com' }, ...options.config },
    }),
    notifications: { send: async message => void sent.push(message) },
    events: { publish: async event => void published.push(event) },
    logger: mockServices.logger.mock(),
  });
  const evaluation = createSloEvaluation({
    db: knex,
    book,
    rollups,
    alerting,
    notifier: { notify: connection => void signals.push(connection) },
    logger: mockServices.logger.mock(),
  });
  return {
    book,
    rollups,
    sent,
    signals,
    published,
    ...alerting,
    ...evaluation,
    async round(nowMs: number) {
      await evaluation.evaluator.evaluate({ nowMs });
      await alerting.delivery.run({
        nowMs,
        signal: new AbortController().signal,
      });
    },
  };
}
