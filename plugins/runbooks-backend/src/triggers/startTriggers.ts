import type {
  AuditorService,
  AuthService,
  DatabaseService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { RunbooksEngine } from '../engine/RunbooksEngine';
import type { RunbookSuggester } from '../suggestions/RunbookSuggester';
import { AlertTriggers } from './AlertTriggers';
import { CronTriggers } from './CronTriggers';
import { DatabaseHeardAlerts } from './DatabaseHeardAlerts';
import { readTriggersConfig } from './readTriggersConfig';
import { TriggeredStarter } from './TriggeredStarter';

/** Lets runbooks be started by alerts and by the clock. */
export function startTriggers(
  deps: {
    auditor: AuditorService;
    auth: AuthService;
    catalog: CatalogService;
    config: RootConfigService;
    database: DatabaseService;
    events: EventsService;
    lifecycle: LifecycleService;
    logger: LoggerService;
    scheduler: SchedulerService;
  },
  engine: Pick<RunbooksEngine, 'book' | 'previews' | 'starter' | 'store'>,
  suggester: RunbookSuggester,
): void {
  const ownCredentials = () => deps.auth.getOwnServiceCredentials();
  const config = readTriggersConfig(deps.config);
  const starter = TriggeredStarter.create({
    ...deps,
    ...engine,
    ownCredentials,
    config,
  });
  const shared = { ...deps, book: engine.book, starter, suggester };
  const times = CronTriggers.create(shared);
  deps.lifecycle.addStartupHook(async () => {
    const alerts = AlertTriggers.create({
      ...shared,
      ...config,
      ownCredentials,
      store: engine.store,
      heard: DatabaseHeardAlerts.create({
        db: await deps.database.getClient(),
      }),
    });
    await alerts.subscribe(deps.events);
    await alerts.schedule(deps.scheduler);
    await times.schedule(deps.scheduler);
  });
}
