import type {
  AuthService,
  DatabaseService,
  LoggerService,
  RootConfigService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { LakehouseSignal } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Router } from 'express';
import type { ObservationStore } from '../observations/ObservationStore';
import type { ConnectionAccess } from '../routes/ConnectionAccess';
import type { LakehouseConnections } from '../systems/registerSystems';
import type { SystemRegistry } from '../systems/SystemRegistry';
import { createSloApi } from './createSloApi';
import { DatabaseSloBook } from './definitions/DatabaseSloBook';
import { readSloDefinitionsConfig } from './definitions/readSloDefinitionsConfig';
import { SloDefinitionLoader } from './definitions/SloDefinitionLoader';
import {
  createSloEvaluation,
  scheduleSloEvaluation,
} from './evaluation/createSloEvaluation';
import { createSloAlerting } from './notifying/createSloAlerting';
import { readSloSchedules } from './readSloSchedules';
import { createSloRollups } from './rollups/createSloRollups';
import { scheduleSloCounting } from './scheduleSloCounting';

/** What {@link createSloModule} needs. */
export interface SloModuleOptions {
  readonly config: RootConfigService;
  /** With an up-to-date schema: the observations' store sees to it. */
  readonly database: DatabaseService;
  readonly store: ObservationStore;
  readonly connections: LakehouseConnections;
  readonly systems: SystemRegistry;
  readonly access: ConnectionAccess;
  /** By connection, the `source` of our own queries. */
  readonly ownSources: ReadonlyMap<string, string>;
  readonly notifier: {
    notify(connection: string, kind: LakehouseSignal['kind']): void;
  };
  readonly catalog: CatalogService;
  readonly notifications: NotificationService;
  readonly events: EventsService;
  readonly actionsRegistry: ActionsRegistryService;
  readonly auth: AuthService;
  readonly urlReader: UrlReaderService;
  readonly scheduler: SchedulerService;
  readonly logger: LoggerService;
}

/** All of SLOs: reads definitions, counts, judges, alerts, and answers. */
export async function createSloModule(
  options: SloModuleOptions,
): Promise<{ router: Router; start(): Promise<void> }> {
  const { config, systems, scheduler, logger } = options;
  const db = await options.database.getClient();
  const definitions = readSloDefinitionsConfig(config);
  const schedules = readSloSchedules(config);
  const book = DatabaseSloBook.create({ db });
  const loader = SloDefinitionLoader.create({
    ...options,
    book,
    config: definitions,
    connections: {
      knows: id => systems.get(id)?.system.system,
      connections: systems.list().map(({ connection }) => connection.id),
    },
  });
  const rollups = await createSloRollups({
    ...options,
    prometheus: options.connections.prometheus,
  });
  const alerting = createSloAlerting({ ...options, db });
  const { states, evaluator } = createSloEvaluation({
    ...options,
    db,
    book,
    rollups,
    alerting,
  });
  const { router } = createSloApi({
    ...options,
    book,
    rollups,
    states,
    alertLog: alerting.alertLog,
  });
  return {
    router,
    async start() {
      await scheduleSloCounting({
        book,
        loader,
        rollups,
        alerting,
        retentionDays: definitions.retentionDays,
        schedules,
        scheduler,
        logger,
      });
      await scheduleSloEvaluation({
        evaluator,
        delivery: alerting.delivery,
        scheduler,
        frequency: schedules.evaluation,
      });
    },
  };
}
