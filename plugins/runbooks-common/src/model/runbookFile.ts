import type { JsonObject } from '@backstage/types';
import type { Risk } from './runbook';

/** The only `apiVersion` of runbook files. @public */
export const RUNBOOK_API_VERSION = 'lakehouse-ops.io/v1';

/**
 * The annotation that names an entity's runbook files: paths from the entity's
 * own file, or URLs, separated by commas.
 *
 * @public
 */
export const RUNBOOKS_ANNOTATION = 'lakehouse-ops.io/runbooks';

/**
 * Whom an approval is asked of.
 *
 * @public
 */
export interface ApprovalRule {
  /** Entity refs of groups or users, any of which may approve; whoever has the permission when empty. */
  readonly groups: readonly string[];
  /** How many different people have to approve; never the one who started. */
  readonly count: number;
  /** An asked approval lapses after so many milliseconds, and the run fails. */
  readonly expiresAfterMs: number;
}

/**
 * Which entities a runbook is for. All that is given must match.
 *
 * @public
 */
export interface RunbookEntityFilter {
  /** For example `Resource`; compared without case. */
  readonly kind?: string;
  /** `spec.type`. */
  readonly type?: string;
  /** An annotation that the entity must have. */
  readonly annotation?: string;
}

/**
 * What makes a runbook be suggested, or, with `start`, started.
 *
 * @public
 */
export interface RunbookTrigger {
  /** An SLO's alert: by what it measures (`cache-hit-ratio`), or by its name. */
  readonly slo?: {
    readonly indicator?: string;
    readonly name?: string;
    /** Severities such as `page`; any unless given. */
    readonly severity?: string;
  };
  /** A condition on a system: `trino`, `connection-lost`. */
  readonly condition?: { readonly system: string; readonly name: string };
  /** Times, as five fields of cron, and the zone they are told in. */
  readonly cron?: { readonly expression: string; readonly timeZone: string };
  /** Starts a run by itself, as the runbook's `runAs`; only suggests it unless given. */
  readonly start?: { readonly parameters: JsonObject };
}

/**
 * Limits on how often and how much. A start beyond one is refused.
 *
 * @public
 */
export interface RunLimits {
  readonly maxConcurrent?: number;
  readonly maxPerHour?: number;
  readonly maxPerTargetPerHour?: number;
}

/** A part of a runbook that runs if all went well, if something failed, or always. @public */
export type RunbookSection = 'steps' | 'onFailure' | 'finally';

/** What all steps have. @public */
export interface RunbookStepBase {
  /** Unique within the file: `[a-z0-9][a-z0-9-]*`. */
  readonly id: string;
  readonly title: string;
  /** Markdown shown beside the step. */
  readonly docs?: string;
  /** An expression; the step is skipped when it is false. */
  readonly if?: string;
}

/** How an action is called by a step. @public */
export interface RunbookActionCall {
  /** A runbook action's id, or `registry:<id>` of one in Backstage's actions registry. */
  readonly action: string;
  /** Values may hold `${{ expression }}`. */
  readonly input: JsonObject;
  readonly timeoutMs?: number;
  /** Attempts in all; only of what is idempotent. */
  readonly retry?: { readonly attempts: number; readonly delayMs: number };
}

/** Does something. @public */
export interface ActionStep extends RunbookStepBase, RunbookActionCall {
  readonly kind: 'action';
  readonly foreach?: {
    /** An expression that gives a list. Each entry is `item`, its place `index`. */
    readonly in: string;
    readonly concurrency: number;
    readonly maxItems: number;
    /** No further items are begun once more than this share has failed: 0 to 1. */
    readonly stopOnErrorRate: number;
  };
}

/** Reads, and asserts. @public */
export interface CheckStep extends RunbookStepBase, RunbookActionCall {
  readonly kind: 'check';
  /** An expression over `output`. */
  readonly assert: string;
  /** Said when it does not hold; may hold `${{ expression }}`. */
  readonly message: string;
}

/** Reads until what was to be reached is reached: the proof of effect. @public */
export interface VerifyStep extends RunbookStepBase, RunbookActionCall {
  readonly kind: 'verify';
  /** An expression over `output` and `before` (the same read before the first step; null when it could not be read). */
  readonly assert: string;
  /** The figures to show before and after: label to expression over `output`. */
  readonly metrics: ReadonlyArray<{
    readonly label: string;
    readonly value: string;
    readonly unit: 'files' | 'bytes' | 'ms' | 'percent' | 'count' | 'text';
    readonly better?: 'lower' | 'higher';
  }>;
  readonly withinMs: number;
  readonly everyMs: number;
}

/** A person does something and says what they saw. @public */
export interface ManualStep extends RunbookStepBase {
  readonly kind: 'manual';
  /** What to do; may hold `${{ expression }}`. */
  readonly instruction: string;
  /** JSON Schema of the answer; it becomes the step's output. */
  readonly answerSchema: JsonObject;
  readonly expiresAfterMs: number;
}

/** Waits until others agree. @public */
export interface ApprovalStep extends RunbookStepBase {
  readonly kind: 'approval';
  /** What is asked; may hold `${{ expression }}`. */
  readonly question: string;
  readonly rule: ApprovalRule;
}

/** One step of a runbook. @public */
export type RunbookStep =
  | ActionStep
  | CheckStep
  | VerifyStep
  | ManualStep
  | ApprovalStep;

/**
 * A runbook as read from its file: all defaults filled in, all durations in
 * milliseconds, all expressions known to parse.
 *
 * @public
 */
export interface RunbookDefinition {
  /** `metadata.name`, unique in a Backstage. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** The button's verb: "Stop the stampede". */
  readonly verb: string;
  readonly owner?: string;
  readonly tags: readonly string[];
  /** Markdown. */
  readonly docs?: string;
  readonly risk: Risk;
  readonly appliesTo: readonly RunbookEntityFilter[];
  readonly triggers: readonly RunbookTrigger[];
  /** JSON Schema of an object; defaults may be `${{ context.… }}`. */
  readonly parameters: JsonObject;
  /** Each may hold `${{ parameters.… }}`. */
  readonly target: {
    readonly system: string;
    readonly connection: string;
    readonly kind: string;
    readonly name: string;
  };
  /** Needed before the first step; a runbook of high risk always has one. */
  readonly approval?: ApprovalRule;
  readonly limits: RunLimits;
  /** What a start does while another run holds its target. */
  readonly whenLocked: 'refuse' | 'queue';
  /** Entity ref of the person whom runs started by triggers answer to. */
  readonly runAs?: string;
  readonly steps: readonly RunbookStep[];
  readonly onFailure: readonly RunbookStep[];
  readonly finally: readonly RunbookStep[];
}

/** One thing wrong with a runbook file, or odd about it. @public */
export interface RunbookProblem {
  readonly severity: 'error' | 'warning';
  /** `spec.steps[2].input.table`. */
  readonly field: string;
  readonly message: string;
  /** Where it was read from: a path or URL. */
  readonly source: string;
  /** Counting from 1. */
  readonly line?: number;
  readonly column?: number;
}
