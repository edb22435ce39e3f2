import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  type Allowance,
  type Run,
  runbookRunApprovePermission,
  type RunApproval,
  type WaitingApproval,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookBook } from '../engine/ports';
import type {
  RunPermissions,
  UserCredentials,
} from '../permissions/RunPermissions';
import type { RunStore } from '../store/RunStore';
import { normalRef } from './ApproverDirectory';
import type { DatabaseResponses } from './DatabaseResponses';
import type { OwnershipReader } from './OwnershipReader';
import { assertWaitingFor } from './waitingRuns';

const MAX_WAITING = 100;

/**
 * Where people approve and deny what others want to run. That nobody decides on
 * what they started themselves is not a question of permissions: no policy can
 * allow it.
 */
export class ApprovalDesk {
  readonly #store: RunStore;
  readonly #responses: DatabaseResponses;
  readonly #permissions: RunPermissions;
  readonly #ownership: OwnershipReader;
  readonly #book: Pick<RunbookBook, 'getVersion'>;
  readonly #onDecision: (run: Run, said: RunApproval) => void;
  readonly #onSettled: (run: Run) => void;

  constructor(options: {
    store: RunStore;
    responses: DatabaseResponses;
    permissions: RunPermissions;
    ownership: OwnershipReader;
    book: Pick<RunbookBook, 'getVersion'>;
    onDecision: (run: Run, said: RunApproval) => void;
    /** The run can be taken again. */
    onSettled: (run: Run) => void;
  }) {
    this.#store = options.store;
    this.#responses = options.responses;
    this.#permissions = options.permissions;
    this.#ownership = options.ownership;
    this.#book = options.book;
    this.#onDecision = options.onDecision;
    this.#onSettled = options.onSettled;
  }

  /** Runs that wait for an approval, those that the caller may decide first. */
  async list(credentials: UserCredentials): Promise<WaitingApproval[]> {
    const visible = await this.#permissions.visibleRuns(credentials);
    const { items } = await this.#store.listRuns(
      { states: ['waiting'], limit: MAX_WAITING },
      visible,
    );
    const runs = items.filter(run => run.waitingFor?.kind === 'approval');
    const refs = await this.#ownership.refsOf(credentials);
    const permitted = await this.#permissions.ask(
      runbookRunApprovePermission,
      runs,
      credentials,
    );
    const waiting = await Promise.all(
      runs.map(async (run, index): Promise<WaitingApproval> => {
        const own = await this.#personally(run, refs, credentials);
        const decide = own.allowed ? permitted[index] : own;
        return { run, decide };
      }),
    );
    return waiting.sort(
      (a, b) => Number(b.decide.allowed) - Number(a.decide.allowed),
    );
  }

  /**
   * @throws NotFoundError; NotAllowedError without the permission, outside the
   * groups, and for one's own run; InputError for a denial without a comment;
   * ConflictError when the run does not wait for it, when it is over, or when
   * something else is to be approved by now
   */
  async decide(options: {
    runId: string;
    decision: RunApproval['decision'];
    previewHash: string;
    comment?: string;
    credentials: UserCredentials;
  }): Promise<Run> {
    const { runId, decision, previewHash, credentials } = options;
    const comment = options.comment?.trim() || undefined;
    const by = credentials.principal.userEntityRef;
    const record = await this.#store.getRun(runId);
    if (!record) throw new NotFoundError(`There is no run ${runId}.`);
    const { run } = record;
    await this.#permissions.assert(
      runbookRunApprovePermission,
      run,
      credentials,
    );
    if (decision === 'denied' && !comment) {
      throw new InputError(
        'comment: say why you deny it, so that the person who started it knows what to do. Nothing was done.',
      );
    }
    const waitingFor = assertWaitingFor(
      run,
      'approval',
      new Date().toISOString(),
    );
    const own = await this.#personally(
      run,
      await this.#ownership.refsOf(credentials),
      credentials,
    );
    if (!own.allowed) {
      throw new NotAllowedError(
        [own.reason, own.remedy].filter(Boolean).join(' '),
      );
    }
    const { stepId } = waitingFor;
    const said = { runId, stepId, decision, by, comment, previewHash };
    const { run: now, settled } = await this.#responses.approve({
      approval: said,
      audit: {
        actor: by,
        event: decision === 'approved' ? 'run-approved' : 'run-denied',
        runId,
        detail: {
          previewHash,
          ...(stepId === undefined ? {} : { step: stepId }),
          ...(comment === undefined ? {} : { comment }),
        },
      },
    });
    this.#onDecision(now, { ...said, at: new Date().toISOString() });
    if (settled) this.#onSettled(now);
    return now;
  }

  /** What holds for the person, whatever their permissions are. */
  async #personally(
    run: Run,
    refs: readonly string[],
    credentials: UserCredentials,
  ): Promise<Allowance> {
    const by = normalRef(credentials.principal.userEntityRef);
    if (by === normalRef(run.startedBy)) {
      return {
        allowed: false,
        reason:
          'You started this run, and nobody approves or denies their own.',
        remedy: 'Ask somebody else who may approve it, or cancel it.',
      };
    }
    const runAs = await this.#runAs(run);
    if (runAs && by === normalRef(runAs)) {
      return {
        allowed: false,
        reason: `Runs of ${run.runbookId} that start by themselves answer to you, and nobody approves or denies their own.`,
        remedy: 'Ask somebody else who may approve it.',
      };
    }
    const { waitingFor } = run;
    const groups =
      waitingFor?.kind === 'approval' ? waitingFor.groups.map(normalRef) : [];
    if (groups.length === 0 || groups.some(group => refs.includes(group))) {
      return { allowed: true };
    }
    return {
      allowed: false,
      reason: `This is for ${groups.join(
        ' or ',
      )} to decide, and you are not in ${
        groups.length === 1 ? 'it' : 'any of them'
      }.`,
      remedy: 'Ask one of its members.',
    };
  }

  async #runAs(run: Run): Promise<string | undefined> {
    if (run.definitionHash === undefined) return undefined;
    const version = await this.#book.getVersion(run.definitionHash);
    return version?.definition.runAs;
  }
}
