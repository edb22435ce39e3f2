import type {
  AuthService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  ActionsService,
} from '@backstage/backend-plugin-api/alpha';
import type { ActionRegistry } from '../engine/ActionRegistry';
import { FOREIGN_PREFIX } from './foreignId';
import { ForeignActions } from './ForeignActions';
import type { OfferContext } from './offered/OfferContext';
import { registerGeneralActions } from './offered/registerGeneralActions';
import { RunbookOffers } from './offered/RunbookOffers';

/**
 * Joins Backstage's actions registry both ways: its actions can be steps of
 * runbooks, and runbooks are offered in it.
 */
export function joinActionsRegistry(
  deps: {
    actions: ActionsService;
    actionsRegistry: ActionsRegistryService;
    auth: AuthService;
    lifecycle: LifecycleService;
    logger: LoggerService;
    scheduler: SchedulerService;
  },
  { registry, offer }: { registry: ActionRegistry; offer: OfferContext },
): RunbookOffers {
  const { actionsRegistry, lifecycle, logger, scheduler } = deps;
  const foreign = ForeignActions.create({
    ...deps,
    ownCredentials: () => deps.auth.getOwnServiceCredentials(),
  });
  registry.addResolver(FOREIGN_PREFIX, foreign);
  registerGeneralActions(actionsRegistry, offer);
  const offers = RunbookOffers.create({ actionsRegistry, offer, logger });
  lifecycle.addStartupHook(async () => {
    await foreign.schedule(scheduler);
    await offers.schedule(scheduler);
  });
  return offers;
}
