import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  runbookActionsExtensionPoint,
  runbookFilesExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';
import { joinActionsRegistry } from './actionsRegistry/joinActionsRegistry';
import { startAuditing } from './audit/startAuditing';
import { readRunbooksConfig } from './config/readRunbooksConfig';
import { createRunbookBook } from './definitions/createRunbookBook';
import { listRunbooks, summarizeRunbook } from './definitions/describeRunbook';
import { ShippedRunbooks } from './definitions/ShippedRunbooks';
import { ActionRegistry } from './engine/ActionRegistry';
import { createEngineServices } from './engine/createEngineServices';
import { RunAnnouncer } from './engine/RunAnnouncer';
import { createRunbooksEngine } from './engine/RunbooksEngine';
import { createRouter } from './routes/createRouter';
import { createSuggestionsRouter } from './routes/createSuggestionsRouter';
import { RouteContext } from './routes/RouteContext';
import { RunbookSuggester } from './suggestions/RunbookSuggester';
import { RunStatistics } from './suggestions/RunStatistics';
import { startTriggers } from './triggers/startTriggers';

/**
 * The Runbooks backend: previews, runs and audits what its modules add.
 *
 * @public
 */
export const runbooksPlugin = createBackendPlugin({
  pluginId: 'runbooks',
  register(env) {
    const registry = new ActionRegistry();
    env.registerExtensionPoint(runbookActionsExtensionPoint, {
      addActions: (...actions) => registry.add(actions),
    });
    const shipped = new ShippedRunbooks();
    env.registerExtensionPoint(runbookFilesExtensionPoint, {
      addFile: file => shipped.add(file),
    });
    env.registerInit({
      deps: {
        actions: actionsServiceRef,
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const config = readRunbooksConfig(deps.config);
        const services = await createEngineServices(deps, config);
        const { store } = services;
        const { book, refreshMs } = createRunbookBook({
          ...deps,
          registry,
          shipped,
          db: await deps.database.getClient(),
        });
        const announcer = RunAnnouncer.create(deps);
        const engine = createRunbooksEngine({
          ...services,
          registry,
          book,
          config,
          logger: deps.logger,
          ownCredentials: () => deps.auth.getOwnServiceCredentials(),
          announce: run => announcer.announce(run),
          announceDecision: (run, said) =>
            announcer.announceDecision(run, said),
        });
        const context = new RouteContext({ ...deps, store });
        deps.httpRouter.use(createRouter(engine, context));
        await startAuditing(deps, config);
        const offers = joinActionsRegistry(deps, {
          registry,
          offer: { ...engine, context, list: () => listRunbooks(engine) },
        });
        const suggester = RunbookSuggester.create({
          ...deps,
          book,
          statistics: RunStatistics.create(await deps.database.getClient()),
          summaryOf: version => summarizeRunbook(version, registry),
        });
        deps.httpRouter.use(createSuggestionsRouter({ context, suggester }));
        startTriggers(deps, engine, suggester);
        deps.lifecycle.addStartupHook(async () => {
          await book.start(deps.scheduler, refreshMs);
          offers.offerNew();
        });
        deps.lifecycle.addStartupHook(() =>
          engine.reconciler.schedule(deps.scheduler, config.reconcileEveryMs),
        );
        deps.lifecycle.addStartupHook(() =>
          engine.queue.schedule(deps.scheduler, config.reconcileEveryMs),
        );
        deps.lifecycle.addShutdownHook(() =>
          engine.worker.shutdown(config.shutdownGraceMs),
        );
      },
    });
  },
});
