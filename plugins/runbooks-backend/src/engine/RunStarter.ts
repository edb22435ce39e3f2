import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type Run,
  runbookRunExecutePermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import type {
  RunPermissions,
  UserCredentials,
} from '../permissions/RunPermissions';
import { assertSamePreview } from '../store/insertRun';
import type { RunStore, StoredPreview } from '../store/RunStore';
import { type ActionRegistry, parametersSchema } from './ActionRegistry';
import { parseParameters } from './parseParameters';
import type { PreflightCache } from './PreflightCache';
import type { RunWorker } from './RunWorker';
import type { SecretVault } from './SecretVault';

/** Starts runs from previews. */
export class RunStarter {
  readonly #registry: ActionRegistry;
  readonly #permissions: RunPermissions;
  readonly #preflights: PreflightCache;
  readonly #vault: SecretVault;
  readonly #store: RunStore;
  readonly #worker: RunWorker;
  readonly #maxUnfinishedRuns: number;
  readonly #onChange: (run: Run) => void;

  constructor(options: {
    registry: ActionRegistry;
    permissions: RunPermissions;
    preflights: PreflightCache;
    vault: SecretVault;
    store: RunStore;
    worker: RunWorker;
    maxUnfinishedRuns: number;
    onChange: (run: Run) => void;
  }) {
    this.#registry = options.registry;
    this.#permissions = options.permissions;
    this.#preflights = options.preflights;
    this.#vault = options.vault;
    this.#store = options.store;
    this.#worker = options.worker;
    this.#maxUnfinishedRuns = options.maxUnfinishedRuns;
    this.#onChange = options.onChange;
  }

  /**
   * @throws NotFoundError, NotAllowedError; ConflictError when the preview has
   * expired, was used or does not match, when the system can't do it now, or
   * when the target is locked; ServiceUnavailableError when too many runs wait
   */
  async start(options: {
    previewId: string;
    previewHash: string;
    idempotencyKey: string;
    credentials: UserCredentials;
  }): Promise<Run> {
    const { previewId, idempotencyKey, credentials } = options;
    const startedBy = credentials.principal.userEntityRef;
    const earlier = await this.#store.findByIdempotencyKey(
      startedBy,
      idempotencyKey,
    );
    if (earlier) {
      assertSamePreview(earlier, previewId);
      return earlier.run;
    }
    const stored = await this.#store.getPreview(previewId);
    assertUsable(stored, startedBy, options.previewHash);
    const { preview } = stored;
    const action = this.#registry.get(preview.runbookId);
    await this.#permissions.assert(
      runbookRunExecutePermission,
      { runbookId: action.id, risk: action.risk, target: preview.target },
      credentials,
    );
    const able = await this.#preflights.askNow(action, preview.target);
    if (!able.allowed) {
      throw new ConflictError(
        ['Nothing was started.', able.reason, able.remedy]
          .filter(Boolean)
          .join(' '),
      );
    }
    const parameters = this.#vault.restore({
      schema: parametersSchema(action),
      parameters: preview.parameters,
      previewId,
    });
    const input = parseParameters(action.schema.input, parameters);
    const run = newRun(stored, action.title);
    const { record, created } = await this.#store.createRun({
      run,
      fingerprint: stored.fingerprint,
      idempotencyKey,
      lockKeys: action.lockKeys(input),
      maxUnfinishedRuns: this.#maxUnfinishedRuns,
      audit: {
        actor: startedBy,
        event: 'run-started',
        runId: run.id,
        detail: {
          previewId,
          previewHash: preview.hash,
          runbookId: action.id,
          target: { ...preview.target },
          parameters: preview.parameters,
        },
      },
    });
    if (created) {
      this.#onChange(record.run);
      this.#worker.wake({ runId: record.run.id, credentials });
    }
    return record.run;
  }
}

function assertUsable(
  stored: StoredPreview | undefined,
  startedBy: string,
  hash: string,
): asserts stored is StoredPreview {
  // Another person's preview is answered like one that is not there.
  if (!stored || stored.owner !== startedBy) {
    throw new NotFoundError(
      'You have no such preview. Make a new one and start from it.',
    );
  }
  if (Date.parse(stored.preview.expiresAt) <= Date.now()) {
    throw new ConflictError(
      `This preview expired at ${stored.preview.expiresAt}. Make a new one to see how it is now.`,
    );
  }
  if (stored.preview.hash !== hash) {
    throw new ConflictError(
      'What you were shown is not what this preview holds. Make a new one and look at it again.',
    );
  }
}

function newRun(stored: StoredPreview, title: string): Run {
  const { preview, owner, entityRef } = stored;
  return {
    id: randomUUID(),
    runbookId: preview.runbookId,
    title,
    state: 'pending',
    risk: preview.risk,
    target: preview.target,
    entityRef,
    parameters: preview.parameters,
    preview,
    startedBy: owner,
    createdAt: new Date().toISOString(),
    steps: [
      { id: 'check', title: 'Check that nothing changed', state: 'pending' },
      { id: 'execute', title, state: 'pending' },
      { id: 'verify', title: 'Verify the effect', state: 'pending' },
    ],
  };
}
