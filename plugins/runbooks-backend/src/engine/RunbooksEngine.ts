import { randomUUID } from 'node:crypto';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbooksConfig } from '../config/readRunbooksConfig';
import type { RunPermissions } from '../permissions/RunPermissions';
import type { RunStore } from '../store/RunStore';
import type { ActionRegistry } from './ActionRegistry';
import { PreflightCache } from './PreflightCache';
import { PreviewMaker } from './PreviewMaker';
import { RunCanceller } from './RunCanceller';
import { RunExecutor } from './RunExecutor';
import { RunNotifier } from './RunNotifier';
import { RunReconciler } from './RunReconciler';
import { RunStarter } from './RunStarter';
import { RunWorker } from './RunWorker';
import { SecretVault } from './SecretVault';

/** The parts of the engine, put together. */
export interface RunbooksEngine {
  readonly registry: ActionRegistry;
  readonly permissions: RunPermissions;
  readonly store: RunStore;
  readonly preflights: PreflightCache;
  readonly previews: PreviewMaker;
  readonly starter: RunStarter;
  readonly canceller: RunCanceller;
  readonly worker: RunWorker;
  readonly reconciler: RunReconciler;
  readonly notifier: RunNotifier;
}

/** Puts an engine together. */
export function createRunbooksEngine(options: {
  registry: ActionRegistry;
  permissions: RunPermissions;
  store: RunStore;
  config: RunbooksConfig;
  logger: LoggerService;
  ownCredentials: () => Promise<BackstageCredentials>;
  announce: (run: Run) => void;
}): RunbooksEngine {
  const { registry, permissions, store, config, logger } = options;
  const notifier = new RunNotifier();
  const vault = new SecretVault();
  const preflights = new PreflightCache();
  const onChange = (run: Run) => {
    notifier.changed(run.id);
    options.announce(run);
  };
  const worker = new RunWorker({
    ...config,
    store,
    logger,
    onChange,
    executor: new RunExecutor({ ...config, registry, vault }),
    owner: randomUUID(),
    ownCredentials: options.ownCredentials,
    onLog: runId => notifier.changed(runId),
  });
  const shared = { registry, permissions, store, preflights, vault, worker };
  return {
    registry,
    permissions,
    store,
    preflights,
    worker,
    notifier,
    previews: new PreviewMaker({ ...config, ...shared }),
    starter: new RunStarter({ ...config, ...shared, onChange }),
    canceller: new RunCanceller(shared),
    reconciler: new RunReconciler({ ...config, store, worker, logger }),
  };
}
