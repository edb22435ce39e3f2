import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  isFinalRunState,
  type Run,
  runbookRunCancelPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import type {
  RunPermissions,
  UserCredentials,
} from '../permissions/RunPermissions';
import type { RunStore } from '../store/RunStore';
import type { RunWorker } from './RunWorker';

/** Stops runs at the next point where that is safe. */
export class RunCanceller {
  readonly #permissions: RunPermissions;
  readonly #store: RunStore;
  readonly #worker: RunWorker;

  constructor(options: {
    permissions: RunPermissions;
    store: RunStore;
    worker: RunWorker;
  }) {
    this.#permissions = options.permissions;
    this.#store = options.store;
    this.#worker = options.worker;
  }

  /** @throws NotFoundError, NotAllowedError; ConflictError when it is over */
  async cancel(runId: string, credentials: UserCredentials): Promise<Run> {
    const found = await this.#store.getRun(runId);
    if (!found) throw new NotFoundError(`There is no run ${runId}.`);
    await this.#permissions.assert(
      runbookRunCancelPermission,
      found.run,
      credentials,
    );
    if (isFinalRunState(found.run.state)) {
      throw new ConflictError(
        `Run ${runId} is over already (${found.run.state}): there is nothing to cancel.`,
      );
    }
    const by = credentials.principal.userEntityRef;
    const noted = await this.#store.requestCancel({
      runId,
      by,
      audit: { actor: by, event: 'cancel-asked', runId, detail: {} },
    });
    await this.#worker.cancel(runId, by);
    return noted?.run ?? found.run;
  }
}
