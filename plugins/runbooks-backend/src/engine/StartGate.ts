import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  type Allowance,
  runbookRunExecutePermission,
  runbookRunPreviewPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { ApproverFinder } from '../approvals/ApproverDirectory';
import { describePause } from '../pauses/describePause';
import type { RunResource } from '../permissions/runResource';
import type { RunPermissions } from '../permissions/RunPermissions';
import { mapLimited } from './planning/mapLimited';
import type { PlannedCall } from './planning/PlannedStep';
import type { RunLayout } from './planning/RunLayout';
import type { PauseReader } from './ports';
import type { PreflightCache } from './PreflightCache';

const ASKS_AT_ONCE = 4;

interface KnownStarter {
  readonly credentials: BackstageCredentials;
  readonly startedBy: string;
}

/** All that has to hold before a run may start, but limits and locks: those are held to when it is created. */
export class StartGate {
  readonly #permissions: RunPermissions;
  readonly #preflights: PreflightCache;
  readonly #pauses: PauseReader;
  readonly #approvers: ApproverFinder;

  constructor(options: {
    permissions: RunPermissions;
    preflights: PreflightCache;
    pauses: PauseReader;
    approvers: ApproverFinder;
  }) {
    this.#permissions = options.permissions;
    this.#preflights = options.preflights;
    this.#pauses = options.pauses;
    this.#approvers = options.approvers;
  }

  /**
   * A runbook shows nobody what they may not look at themselves.
   *
   * @throws NotAllowedError
   */
  async assertMayPreview(
    layout: RunLayout,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const answers = await this.#permissions.ask(
      runbookRunPreviewPermission,
      [layout.resource, ...resourcesOf(layout, layout.calls)],
      credentials,
    );
    assertAllowed(answers);
  }

  /** Whether it could be started now, as far as that is known within the last half minute. */
  async ask(layout: RunLayout, starter: KnownStarter): Promise<Allowance> {
    const permitted = firstRefusal(await this.#permitted(layout, starter));
    if (permitted) return permitted;
    return (
      firstRefusal([
        await this.#notPaused(layout),
        ...(await this.#able(layout, call =>
          this.#preflights.ask(call.action, call.target),
        )),
        await this.#approvable(layout, starter),
      ]) ?? { allowed: true }
    );
  }

  /** @throws NotAllowedError; ConflictError when it can't be started now */
  async assert(layout: RunLayout, starter: KnownStarter): Promise<void> {
    assertAllowed(await this.#permitted(layout, starter));
    const refusal = firstRefusal([
      await this.#notPaused(layout),
      ...(await this.#able(layout, call =>
        this.#preflights.askNow(call.action, call.target),
      )),
      await this.#approvable(layout, starter),
    ]);
    if (refusal) {
      throw new ConflictError(
        ['Nothing was started.', refusal.reason, refusal.remedy]
          .filter(Boolean)
          .join(' '),
      );
    }
  }

  #permitted(layout: RunLayout, { credentials }: KnownStarter) {
    const acting = layout.calls.filter(call => call.acts);
    return this.#permissions.ask(
      runbookRunExecutePermission,
      [layout.resource, ...resourcesOf(layout, acting)],
      credentials,
    );
  }

  async #notPaused({ resource }: RunLayout): Promise<Allowance> {
    const pause = await this.#pauses.current(resource.runbookId);
    return pause
      ? {
          allowed: false,
          reason: describePause(pause),
          remedy: 'Wait until the pause is ended.',
        }
      : { allowed: true };
  }

  async #able(
    { calls }: RunLayout,
    ask: (call: PlannedCall) => Promise<Allowance>,
  ): Promise<Allowance[]> {
    const different = new Map(
      calls.map(call => [
        JSON.stringify([
          call.action.id,
          call.target.system,
          call.target.connection,
        ]),
        call,
      ]),
    );
    return mapLimited([...different.values()], ASKS_AT_ONCE, ask);
  }

  async #approvable(
    { approval, runAs }: RunLayout,
    { startedBy }: KnownStarter,
  ): Promise<Allowance> {
    if (!approval) return { allowed: true };
    return this.#approvers.couldApprove(approval, [
      startedBy,
      ...(runAs ? [runAs] : []),
    ]);
  }
}

/** The resources of calls, each once, and not that of a single action again. */
function resourcesOf(
  { resource, definitionHash }: RunLayout,
  calls: readonly PlannedCall[],
): RunResource[] {
  if (definitionHash === undefined) return [];
  const own = JSON.stringify(resource);
  const resources = new Map(
    calls.map(({ action, target }) => {
      const asked = { runbookId: action.id, risk: action.risk, target };
      return [JSON.stringify(asked), asked] as const;
    }),
  );
  resources.delete(own);
  return [...resources.values()];
}

type Refusal = Extract<Allowance, { allowed: false }>;

function firstRefusal(answers: readonly Allowance[]): Refusal | undefined {
  return answers.find((answer): answer is Refusal => !answer.allowed);
}

function assertAllowed(answers: readonly Allowance[]): void {
  const refusal = firstRefusal(answers);
  if (refusal) {
    throw new NotAllowedError(
      [refusal.reason, refusal.remedy].filter(Boolean).join(' '),
    );
  }
}
