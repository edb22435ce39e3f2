import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  type Allowance,
  runbookPausePermission,
  type RunbookPause,
} from '@lakehouse-ops/plugin-runbooks-common';
import type {
  RunPermissions,
  UserCredentials,
} from '../permissions/RunPermissions';
import type { DatabasePauses } from './DatabasePauses';

const WHAT = 'pause runs and let them go on';

/** Where people hold all runs back, or those of one runbook. */
export class PauseDesk {
  readonly #pauses: DatabasePauses;
  readonly #permissions: RunPermissions;
  readonly #onEnded: () => void;

  constructor(options: {
    pauses: DatabasePauses;
    permissions: RunPermissions;
    /** Runs can be taken again. */
    onEnded: () => void;
  }) {
    this.#pauses = options.pauses;
    this.#permissions = options.permissions;
    this.#onEnded = options.onEnded;
  }

  async list(): Promise<RunbookPause[]> {
    return this.#pauses.list();
  }

  async mayPause(credentials: BackstageCredentials): Promise<Allowance> {
    return this.#permissions.askGeneral(
      runbookPausePermission,
      WHAT,
      credentials,
    );
  }

  /** @throws NotAllowedError; InputError without a reason */
  async pause(options: {
    scope: RunbookPause['scope'];
    reason: string;
    credentials: UserCredentials;
  }): Promise<RunbookPause> {
    const { scope, credentials } = options;
    await this.#permissions.assertGeneral(
      runbookPausePermission,
      WHAT,
      credentials,
    );
    const reason = options.reason.trim();
    if (!reason) {
      throw new InputError(
        'reason: say why, since everybody who wants to run something is told. Nothing was paused.',
      );
    }
    return this.#pauses.pause({
      scope,
      reason,
      by: credentials.principal.userEntityRef,
    });
  }

  /**
   * @returns whether there was a pause to end
   * @throws NotAllowedError
   */
  async end(
    scope: RunbookPause['scope'],
    credentials: UserCredentials,
  ): Promise<boolean> {
    await this.#permissions.assertGeneral(
      runbookPausePermission,
      WHAT,
      credentials,
    );
    const ended = await this.#pauses.end(
      scope,
      credentials.principal.userEntityRef,
    );
    if (ended) this.#onEnded();
    return ended;
  }
}
