import { randomUUID } from 'node:crypto';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  isFinalRunState,
  type Run,
  type RunApproval,
} from '@lakehouse-ops/plugin-runbooks-common';
import { ApprovalDesk } from '../approvals/ApprovalDesk';
import { ANYBODY, type ApproverFinder } from '../approvals/ApproverDirectory';
import type { DatabaseResponses } from '../approvals/DatabaseResponses';
import type { OwnershipReader } from '../approvals/OwnershipReader';
import { ResponseDesk } from '../approvals/ResponseDesk';
import type { RunbooksConfig } from '../config/readRunbooksConfig';
import type { DatabasePauses } from '../pauses/DatabasePauses';
import { PauseDesk } from '../pauses/PauseDesk';
import { DefaultStepGate } from '../permissions/DefaultStepGate';
import type { RunPermissions } from '../permissions/RunPermissions';
import type { LockQueue } from '../store/LockQueue';
import type { RunStore } from '../store/RunStore';
import type { ActionRegistry } from './ActionRegistry';
import { PreflightCache } from './PreflightCache';
import { RunPlanner } from './planning/RunPlanner';
import type { CredentialKeeper, RunbookBook } from './ports';
import { PreviewMaker } from './PreviewMaker';
import { RunCanceller } from './RunCanceller';
import { RunExecutor } from './RunExecutor';
import { RunNotifier } from './RunNotifier';
import { RunReconciler } from './RunReconciler';
import { RunStarter } from './RunStarter';
import { RunWorker } from './RunWorker';
import { SecretVault } from './SecretVault';
import { StartGate } from './StartGate';

/** The parts of the engine, put together. */
export interface RunbooksEngine {
  readonly registry: ActionRegistry;
  /** Runbook files. */
  readonly book: RunbookBook;
  readonly permissions: RunPermissions;
  readonly store: RunStore;
  readonly preflights: PreflightCache;
  readonly previews: PreviewMaker;
  readonly starter: RunStarter;
  readonly canceller: RunCanceller;
  readonly worker: RunWorker;
  readonly reconciler: RunReconciler;
  readonly notifier: RunNotifier;
  readonly responses: DatabaseResponses;
  readonly approvals: ApprovalDesk;
  readonly answers: ResponseDesk;
  readonly pauses: PauseDesk;
  readonly queue: LockQueue;
}

/** Before there are runbook files. */
const NO_BOOK: RunbookBook = {
  list: () => [],
  find: () => undefined,
  getVersion: async () => undefined,
  problems: () => [],
};

/** Puts an engine together. */
export function createRunbooksEngine(options: {
  registry: ActionRegistry;
  permissions: RunPermissions;
  store: RunStore;
  responses: DatabaseResponses;
  pauses: DatabasePauses;
  credentials: CredentialKeeper;
  lockQueue: LockQueue;
  ownership: OwnershipReader;
  /** Who could approve; not asked unless given. */
  approvers?: ApproverFinder;
  /** Runbook files; none unless given. */
  book?: RunbookBook;
  config: RunbooksConfig;
  logger: LoggerService;
  ownCredentials: () => Promise<BackstageCredentials>;
  announce: (run: Run) => void;
  /** Tells the person who started a run what was decided. */
  announceDecision?: (run: Run, said: RunApproval) => void;
}): RunbooksEngine {
  const { registry, permissions, store, config, logger } = options;
  const { responses, credentials, lockQueue } = options;
  const { book = NO_BOOK, approvers = ANYBODY } = options;
  const notifier = new RunNotifier();
  const vault = new SecretVault();
  const preflights = new PreflightCache();
  const onChange = (run: Run) => {
    notifier.changed(run.id);
    options.announce(run);
    // Its locks are free now.
    if (isFinalRunState(run.state)) void lockQueue.wake();
  };
  const worker = new RunWorker({
    ...config,
    store,
    logger,
    credentials,
    onChange,
    executor: new RunExecutor({
      ...config,
      registry,
      vault,
      ownCredentials: options.ownCredentials,
      ports: {
        book,
        credentials,
        responses,
        gate: new DefaultStepGate(permissions),
        pauses: options.pauses,
      },
    }),
    owner: randomUUID(),
    onLog: runId => notifier.changed(runId),
  });
  const takeUp = (run: Run) => {
    onChange(run);
    worker.wake();
  };
  lockQueue.onGrant(takeUp);
  const gate = new StartGate({
    permissions,
    preflights,
    pauses: options.pauses,
    approvers,
  });
  const shared = {
    registry,
    permissions,
    store,
    preflights,
    vault,
    worker,
    credentials,
    responses,
    book,
    gate,
    planner: new RunPlanner({ ...config, registry, book }),
  };
  return {
    registry,
    book,
    permissions,
    store,
    preflights,
    worker,
    notifier,
    responses,
    queue: lockQueue,
    previews: new PreviewMaker({ ...config, ...shared }),
    starter: new RunStarter({ ...config, ...shared, onChange }),
    canceller: new RunCanceller(shared),
    reconciler: new RunReconciler({ ...config, store, worker, logger }),
    approvals: new ApprovalDesk({
      ...shared,
      ownership: options.ownership,
      onDecision: (run, said) => options.announceDecision?.(run, said),
      onSettled: takeUp,
    }),
    answers: new ResponseDesk({ ...shared, onSettled: takeUp }),
    pauses: new PauseDesk({
      permissions,
      pauses: options.pauses,
      onEnded: () => worker.wake(),
    }),
  };
}
