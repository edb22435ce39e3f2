import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Meter } from '@opentelemetry/api';
import type { Router } from 'express';
import type { ObservationStore } from '../observations/ObservationStore';
import type { ConnectionAccess } from '../routes/ConnectionAccess';
import type { SystemRegistry } from '../systems/SystemRegistry';
import { createExplainSloAction } from './actions/createExplainSloAction';
import { createListSlosAction } from './actions/createListSlosAction';
import type { SloAlertLog } from './alerts/SloAlertLog';
import type { SloBook } from './definitions/SloBook';
import type { SloStates } from './evaluation/SloStates';
import { exportSlo } from './exports/exportSlo';
import { SloFigures } from './figures/SloFigures';
import { SloProposals } from './proposals/SloProposals';
import { SloHistoryReader } from './reads/SloHistoryReader';
import { SloSpendersReader } from './reads/SloSpendersReader';
import { SloViews } from './reads/SloViews';
import { SloWhatIfReader } from './reads/SloWhatIfReader';
import type { SloRollups } from './rollups/SloRollups';
import { createSloRouter } from './routes/createSloRouter';
import type { SloCatalog } from './routes/readEntity';
import { SloAccess } from './routes/SloAccess';

/**
 * All that others ask of SLOs: the HTTP API, actions for assistants, and
 * figures for dashboards elsewhere.
 *
 * @param options - `actionsRegistry`: absent where no actions are wanted;
 * `now`: epoch ms
 */
export function createSloApi(options: {
  book: SloBook;
  rollups: SloRollups;
  states: SloStates;
  alertLog: SloAlertLog;
  access: ConnectionAccess;
  systems: Pick<SystemRegistry, 'list'>;
  store: ObservationStore;
  catalog: SloCatalog;
  actionsRegistry?: Pick<ActionsRegistryService, 'register'>;
  logger: LoggerService;
  meter?: Meter;
  now?: () => number;
}): { router: Router } {
  const { access, alertLog, book, catalog, systems } = options;
  const sloAccess = SloAccess.create({ access, systems, book });
  const views = SloViews.create(options);
  const spenders = SloSpendersReader.create(options);
  SloFigures.create(options);
  if (options.actionsRegistry) {
    const context = { sloAccess, views, spenders };
    createListSlosAction(options.actionsRegistry, context);
    createExplainSloAction(options.actionsRegistry, context);
  }
  return {
    router: createSloRouter({
      access,
      sloAccess,
      alertLog,
      catalog,
      views,
      spenders,
      history: SloHistoryReader.create(options),
      whatIf: SloWhatIfReader.create(options),
      proposals: SloProposals.create({
        ...options,
        clusters: () =>
          systems
            .list()
            .filter(({ system }) => system.system === 'trino')
            .map(({ connection }) => connection.id),
      }),
      exportSlo,
    }),
  };
}
