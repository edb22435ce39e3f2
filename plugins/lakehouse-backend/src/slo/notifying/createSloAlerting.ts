import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import { AlertRegister } from '../alerts/AlertRegister';
import { BudgetSteps } from '../alerts/BudgetSteps';
import { DatabaseSloAlertLog } from '../alerts/DatabaseSloAlertLog';
import { AlertDelivery } from './AlertDelivery';
import { AlertmanagerTarget } from './AlertmanagerTarget';
import type { AlertTarget } from './AlertMessage';
import { EVENTS_TARGET, EventsTarget } from './EventsTarget';
import { Outbox } from './Outbox';
import { PeopleTarget } from './PeopleTarget';
import {
  type NotificationTargetConfig,
  readNotificationTargets,
} from './readNotificationTargets';
import { WebhookTarget } from './WebhookTarget';

/** All that has to do with alerts of SLOs. */
export interface SloAlerting {
  readonly alertLog: DatabaseSloAlertLog;
  readonly register: AlertRegister;
  readonly steps: BudgetSteps;
  readonly delivery: AlertDelivery;
  /** Names of the config's targets, which alert policies may use beside `owner` and `on-call`. */
  readonly targetNames: readonly string[];
  /** Deletes some of what was over before, and returns how much. */
  prune(options: { beforeMs: number }): Promise<number>;
}

/**
 * @param options - `db`: with an up-to-date schema
 * @throws InputError when the config's targets can't be used
 */
export function createSloAlerting(options: {
  db: Knex;
  config: RootConfigService;
  notifications: NotificationService;
  events: Pick<EventsService, 'publish'>;
  logger: LoggerService;
}): SloAlerting {
  const { db, config, notifications, events, logger } = options;
  const targets = readNotificationTargets(config);
  const appUrl = config.getOptionalString('app.baseUrl') ?? '';
  const register = AlertRegister.create({ db });
  const outbox = Outbox.create({ db });
  const alertLog = DatabaseSloAlertLog.create({ db });
  const people = (who: 'owner' | 'on-call') =>
    [
      who,
      PeopleTarget.create({
        notifications,
        who,
        runbooksUrl: config.has('runbooks') ? appUrl : undefined,
      }),
    ] as const;
  return {
    alertLog,
    register,
    steps: BudgetSteps.create({ db }),
    delivery: AlertDelivery.create({
      outbox,
      register,
      targets: new Map<string, AlertTarget>([
        people('owner'),
        people('on-call'),
        [EVENTS_TARGET, EventsTarget.create({ events })],
        ...targets.map(
          target => [target.name, createTarget(target, appUrl)] as const,
        ),
      ]),
      logger,
    }),
    targetNames: targets.map(({ name }) => name),
    async prune({ beforeMs }) {
      return (
        (await outbox.prune(beforeMs)) +
        (await register.prune(beforeMs)) +
        (await alertLog.prune(beforeMs))
      );
    },
  };
}

function createTarget(
  target: NotificationTargetConfig,
  appUrl: string,
): AlertTarget {
  return target.type === 'webhook'
    ? WebhookTarget.create({ ...target, appUrl })
    : AlertmanagerTarget.create({ ...target, appUrl });
}
