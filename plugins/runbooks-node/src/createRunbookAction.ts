import type { HumanDuration, JsonObject } from '@backstage/types';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Allowance,
  PreviewContent,
  Risk,
  RunTarget,
  Verification,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';

/** Where an action writes what people watch. @public */
export interface RunLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** @param share - 0 to 1 */
  progress(share: number, message: string): void;
}

/** What every hook of an action is given. @public */
export interface RunbookActionContext<TInput> {
  readonly input: TInput;
  /** Aborted on cancel, timeout and shutdown. */
  readonly signal: AbortSignal;
  /**
   * The person that the work is done for. Where theirs are gone, and in runs
   * that nobody starts, these are the Runbooks backend's own; without a person's
   * own, what changes something waits for them.
   */
  readonly credentials: BackstageCredentials;
}

/** What `execute`, `verify` and `reconcile` are given besides. @public */
export interface RunbookRunContext<TInput>
  extends RunbookActionContext<TInput> {
  readonly runId: string;
  readonly log: RunLog;
  /** What the world looked like when the preview was made. */
  readonly fingerprint: JsonObject;
  /** What {@link RunbookRunContext.remember} has kept of this run so far. */
  readonly memory: Readonly<JsonObject>;
  /**
   * Commits a note about this run before going on, for `reconcile` to find
   * after a crash: an id that the server gave, how far it came.
   */
  remember(note: JsonObject): Promise<void>;
}

/** What is known of an execution whose process died. @public */
export type Reconciliation<TOutput> =
  | { readonly state: 'done'; readonly output: TOutput }
  | { readonly state: 'not-done'; readonly reason: string }
  /** It ended in the middle: what is done and what is not is known, and told in the reason. */
  | { readonly state: 'partly-done'; readonly reason: string }
  /** Still going on in the system: ask again later. */
  | { readonly state: 'in-progress'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * Code that can be a step of a runbook.
 *
 * @public
 */
export interface RunbookAction<
  TInput extends z.ZodType = z.ZodType,
  TOutput extends z.ZodType = z.ZodType,
> {
  /** `<system>:<kebab-case>`, for example `trino:kill-query`. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** The button's verb and object kind: "Kill query". */
  readonly verb: string;
  readonly risk: Risk;
  readonly attributes: {
    readonly readOnly: boolean;
    readonly destructive: boolean;
    readonly idempotent: boolean;
  };
  readonly schema: { readonly input: TInput; readonly output: TOutput };
  /** Bound on `execute`. */
  readonly timeout: HumanDuration;
  /** What it acts on, for permissions and display. */
  target(input: z.output<TInput>): RunTarget;
  /** Two runs that share a key never run at the same time. */
  lockKeys(input: z.output<TInput>): string[];
  /** Whether the system could do it there: its rights and capabilities, without looking at the target. */
  preflight(options: {
    target: RunTarget;
    signal: AbortSignal;
  }): Promise<Allowance>;
  /**
   * Looks, changes nothing. The fingerprint is what must still hold when the
   * run starts: keep out of it what changes by itself.
   */
  preview(ctx: RunbookActionContext<z.output<TInput>>): Promise<{
    content: PreviewContent;
    fingerprint: JsonObject;
  }>;
  execute(ctx: RunbookRunContext<z.output<TInput>>): Promise<z.output<TOutput>>;
  /** Reads again and compares with the fingerprint. */
  verify(
    ctx: RunbookRunContext<z.output<TInput>> & {
      readonly output: z.output<TOutput>;
    },
  ): Promise<Verification>;
  /** Asked after a crash: did it happen? */
  reconcile(
    ctx: RunbookRunContext<z.output<TInput>>,
  ): Promise<Reconciliation<z.output<TOutput>>>;
}

/**
 * Defines an action; infers its input and output from the schemas.
 *
 * @public
 */
export function createRunbookAction<
  TInput extends z.ZodType,
  TOutput extends z.ZodType,
>(action: RunbookAction<TInput, TOutput>): RunbookAction<TInput, TOutput> {
  return action;
}
