import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Run, RunOrigin } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunPermissions } from '../permissions/RunPermissions';
import { assertSamePreview } from '../store/insertRun';
import type { NewRun } from '../store/NewRun';
import type { RunStore, StoredPreview } from '../store/RunStore';
import type { RunPlanner } from './planning/RunPlanner';
import type { RunLayout } from './planning/RunLayout';
import type { CredentialKeeper } from './ports';
import type { RunWorker } from './RunWorker';
import { REDACTED, type SecretVault, secretNames } from './SecretVault';
import { type Starter, starterOf } from './Starter';
import type { StartGate } from './StartGate';

/** Starts runs from previews. */
export class RunStarter {
  readonly #planner: RunPlanner;
  readonly #gate: StartGate;
  readonly #permissions: RunPermissions;
  readonly #credentials: CredentialKeeper;
  readonly #vault: SecretVault;
  readonly #store: RunStore;
  readonly #worker: RunWorker;
  readonly #maxUnfinishedRuns: number;
  readonly #maxQueueMs: number;
  readonly #onChange: (run: Run) => void;

  constructor(options: {
    planner: RunPlanner;
    gate: StartGate;
    permissions: RunPermissions;
    credentials: CredentialKeeper;
    vault: SecretVault;
    store: RunStore;
    worker: RunWorker;
    maxUnfinishedRuns: number;
    maxQueueMs: number;
    onChange: (run: Run) => void;
  }) {
    this.#planner = options.planner;
    this.#gate = options.gate;
    this.#permissions = options.permissions;
    this.#credentials = options.credentials;
    this.#vault = options.vault;
    this.#store = options.store;
    this.#worker = options.worker;
    this.#maxUnfinishedRuns = options.maxUnfinishedRuns;
    this.#maxQueueMs = options.maxQueueMs;
    this.#onChange = options.onChange;
  }

  /**
   * @throws NotFoundError, NotAllowedError; ConflictError when the preview has
   * expired, was used or does not match, when the file was changed since, when
   * the system can't do it now or nobody could approve it, when it is paused or
   * beyond a limit, or when the target is locked; ServiceUnavailableError when
   * too many runs wait
   */
  async start(
    options: Starter & {
      previewId: string;
      previewHash: string;
      idempotencyKey: string;
      origin?: RunOrigin;
    },
  ): Promise<Run> {
    const { previewId, idempotencyKey, credentials, origin } = options;
    const startedBy = starterOf(options);
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
    const layout = this.#layOut(stored, origin);
    await this.#gate.assert(layout, { credentials, startedBy });
    const now = Date.now();
    const run = newRun({ stored, layout, origin, nowMs: now });
    // With the run, so that whoever takes it has them.
    const sealedToken = await this.#credentials.hold(run.id, credentials);
    const { record, created } = await this.#create({
      run,
      sealedToken,
      fingerprint: stored.fingerprint,
      idempotencyKey,
      lockKeys: layout.lockKeys,
      maxUnfinishedRuns: this.#maxUnfinishedRuns,
      limits: layout.limits,
      facts: await this.#permissions.factsOf(preview.target),
      queueUntil:
        layout.whenLocked === 'queue'
          ? new Date(now + this.#maxQueueMs).toISOString()
          : undefined,
      audit: {
        actor: startedBy,
        event: 'run-started',
        runId: run.id,
        detail: startDetail(run),
      },
    });
    if (created) {
      this.#onChange(record.run);
      this.#worker.wake();
    }
    return record.run;
  }

  /** @throws what {@link RunStore.createRun} throws */
  async #create(run: NewRun) {
    let created = false;
    try {
      const answer = await this.#store.createRun(run);
      created = answer.created;
      return answer;
    } finally {
      if (!created) this.#credentials.drop(run.run.id);
    }
  }

  /** @throws ConflictError when it is not what the preview was made of */
  #layOut({ preview, owner, entityRef }: StoredPreview, origin?: RunOrigin) {
    const layout = this.#planner.layOut({
      runbookId: preview.runbookId,
      parameters: this.#restored(preview),
      entityRef,
      startedBy: owner,
      origin,
    });
    if (layout.definitionHash !== preview.definitionHash) {
      throw new ConflictError(
        `The runbook ${preview.runbookId} was changed after this preview was made. Make a new one and look at it again.`,
      );
    }
    return layout;
  }

  #restored(preview: StoredPreview['preview']): JsonObject {
    const { runbookId, parameters, id } = preview;
    const schema = this.#planner.schemaOf(runbookId);
    const restored = this.#vault.restore({ schema, parameters, previewId: id });
    if (restored) return restored;
    const names = secretNames(schema).filter(
      name => parameters[name] === REDACTED,
    );
    throw new ConflictError(
      `What was typed into ${names.join(
        ', ',
      )} is kept in the memory of one process only, and is gone. Make a new preview.`,
    );
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

function newRun(options: {
  stored: StoredPreview;
  layout: RunLayout;
  origin?: RunOrigin;
  nowMs: number;
}): Run {
  const { stored, layout, origin, nowMs } = options;
  const { preview, owner, entityRef } = stored;
  return {
    id: randomUUID(),
    runbookId: preview.runbookId,
    title: layout.title,
    state: 'pending',
    risk: preview.risk,
    target: preview.target,
    entityRef,
    parameters: preview.parameters,
    preview,
    startedBy: owner,
    createdAt: new Date(nowMs).toISOString(),
    steps: layout.steps,
    definitionHash: layout.definitionHash,
    origin,
  };
}

function startDetail({ preview, definitionHash, origin }: Run): JsonObject {
  const { id, hash, runbookId, target, parameters, approval } = preview;
  return {
    previewId: id,
    previewHash: hash,
    runbookId,
    ...(definitionHash === undefined ? {} : { definitionHash }),
    ...(origin === undefined ? {} : { origin: { ...origin } }),
    target: { ...target },
    parameters,
    ...(approval === undefined
      ? {}
      : { approval: { groups: [...approval.groups], count: approval.count } }),
  };
}
