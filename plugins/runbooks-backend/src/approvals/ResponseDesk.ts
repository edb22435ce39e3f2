import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type Run,
  runbookRunExecutePermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { CredentialKeeper } from '../engine/ports';
import { JsonValidator } from '../json/JsonValidator';
import type {
  RunPermissions,
  UserCredentials,
} from '../permissions/RunPermissions';
import type { RunStore } from '../store/RunStore';
import { normalRef } from './ApproverDirectory';
import type { DatabaseResponses } from './DatabaseResponses';
import type { KnownOutcome } from './responseRows';
import { assertWaitingFor } from './waitingRuns';

/** Characters of JSON that an answer may have. */
const MAX_ANSWER_LENGTH = 65_536;

/** Where people answer manual steps, say what is true of an open outcome, and let their runs go on. */
export class ResponseDesk {
  readonly #store: RunStore;
  readonly #responses: DatabaseResponses;
  readonly #permissions: RunPermissions;
  readonly #credentials: CredentialKeeper;
  readonly #onSettled: (run: Run) => void;
  readonly #validator = new JsonValidator();

  constructor(options: {
    store: RunStore;
    responses: DatabaseResponses;
    permissions: RunPermissions;
    credentials: CredentialKeeper;
    /** The run can be taken again. */
    onSettled: (run: Run) => void;
  }) {
    this.#store = options.store;
    this.#responses = options.responses;
    this.#permissions = options.permissions;
    this.#credentials = options.credentials;
    this.#onSettled = options.onSettled;
  }

  /**
   * @throws NotFoundError, NotAllowedError; InputError that names the field;
   * ConflictError when the run does not wait for it
   */
  async answer(options: {
    runId: string;
    stepId: string;
    answer: JsonObject;
    credentials: UserCredentials;
  }): Promise<Run> {
    const { runId, stepId, answer, credentials } = options;
    const run = await this.#executable(runId, credentials);
    const waitingFor = assertWaitingFor(run, 'answer', now());
    if (JSON.stringify(answer).length > MAX_ANSWER_LENGTH) {
      throw new InputError(
        `answer: it has more than ${MAX_ANSWER_LENGTH} characters. Nothing was done.`,
      );
    }
    this.#validator.assert(waitingFor.answerSchema, answer, 'answer');
    const by = credentials.principal.userEntityRef;
    const settled = await this.#responses.answerStep({
      runId,
      stepId,
      by,
      answer,
      audit: {
        actor: by,
        event: 'step-answered',
        runId,
        detail: { step: stepId, answer },
      },
    });
    this.#onSettled(settled);
    return settled;
  }

  /**
   * @throws NotFoundError, NotAllowedError; InputError without a comment;
   * ConflictError when the run does not wait for it
   */
  async decide(options: {
    runId: string;
    stepId: string;
    decision: KnownOutcome;
    credentials: UserCredentials;
  }): Promise<Run> {
    const { runId, stepId, decision, credentials } = options;
    const run = await this.#executable(runId, credentials);
    assertWaitingFor(run, 'decision', now());
    if (!decision.comment.trim()) {
      throw new InputError(
        'comment: say how you know, since the run goes on by it. Nothing was done.',
      );
    }
    const by = credentials.principal.userEntityRef;
    const settled = await this.#responses.decide({
      runId,
      stepId,
      by,
      decision,
      audit: {
        actor: by,
        event: 'outcome-decided',
        runId,
        detail: { step: stepId, ...decision },
      },
    });
    this.#onSettled(settled);
    return settled;
  }

  /**
   * Lends a run the caller's credentials again.
   *
   * @throws NotFoundError; NotAllowedError for anybody but who started it;
   * ConflictError when the run does not wait for it
   */
  async goOn(runId: string, credentials: UserCredentials): Promise<Run> {
    const run = await this.#executable(runId, credentials);
    const by = credentials.principal.userEntityRef;
    if (normalRef(by) !== normalRef(run.startedBy)) {
      throw new NotAllowedError(
        `Run ${runId} goes on with the permissions of ${run.startedBy}, who started it: only they can let it go on. You can cancel it.`,
      );
    }
    assertWaitingFor(run, 'person', now());
    await this.#credentials.keep(runId, credentials);
    const settled = await this.#responses.goOn({
      runId,
      audit: { actor: by, event: 'run-continued', runId, detail: {} },
    });
    this.#onSettled(settled);
    return settled;
  }

  async #executable(runId: string, credentials: UserCredentials): Promise<Run> {
    const record = await this.#store.getRun(runId);
    if (!record) throw new NotFoundError(`There is no run ${runId}.`);
    await this.#permissions.assert(
      runbookRunExecutePermission,
      record.run,
      credentials,
    );
    return record.run;
  }
}

function now(): string {
  return new Date().toISOString();
}
