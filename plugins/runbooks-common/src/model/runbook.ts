import type { JsonObject } from '@backstage/types';
import type {
  ApprovalRule,
  RunbookDefinition,
  RunbookEntityFilter,
  RunbookProblem,
  RunbookTrigger,
} from './runbookFile';
import type { RunbookStatistics } from './suggestion';

/** How much harm a mistake would do. @public */
export type Risk = 'low' | 'medium' | 'high';

/** All risks, mildest first. @public */
export const RISKS: readonly Risk[] = ['low', 'medium', 'high'];

/**
 * What a run acts on, for permissions, locks and display.
 *
 * @public
 */
export interface RunTarget {
  /** For example `trino`. */
  readonly system: string;
  /** Connection id. */
  readonly connection: string;
  /** For example `query` or `table`. */
  readonly kind: string;
  /** For example a query id, or `catalog.schema.table`. */
  readonly name: string;
}

/** What can be run. A single action is a runbook of one step. @public */
export interface RunbookSummary {
  /** For a single action the action's id, such as `trino:kill-query`. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** The button's verb: "Kill query". */
  readonly verb: string;
  readonly risk: Risk;
  readonly attributes: {
    readonly readOnly: boolean;
    readonly destructive: boolean;
    readonly idempotent: boolean;
  };
  /** JSON Schema of the parameters. */
  readonly parametersSchema: JsonObject;
  /** A single action, or a runbook file; `action` when absent. */
  readonly kind?: 'action' | 'runbook';
  readonly owner?: string;
  readonly tags?: readonly string[];
  readonly appliesTo?: readonly RunbookEntityFilter[];
  readonly triggers?: readonly RunbookTrigger[];
  readonly approval?: ApprovalRule;
  readonly statistics?: RunbookStatistics;
}

/** A runbook with all that is known of it. @public */
export interface RunbookDetail extends RunbookSummary {
  /** Absent for a single action. */
  readonly definition?: RunbookDefinition;
  /** SHA-256 of the definition: which version it is. */
  readonly definitionHash?: string;
  /** Path or URL that it was read from. */
  readonly source?: string;
  readonly problems: readonly RunbookProblem[];
  /** A Mermaid flowchart of its steps. */
  readonly flowchart?: string;
}

/** Whether somebody may do something, and if not, why and what to do. @public */
export type Allowance =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly reason: string;
      readonly remedy?: string;
    };

/** One figure that will change. @public */
export interface PreviewChange {
  readonly label: string;
  readonly before?: string | number;
  readonly after?: string | number;
  /** `files`, `bytes`, `ms`, `percent`, `count`, `text`. */
  readonly unit: 'files' | 'bytes' | 'ms' | 'percent' | 'count' | 'text';
  /** Set when `after` is an estimate. */
  readonly estimated?: boolean;
}

/** What a run would do, told before it is done. @public */
export interface PreviewContent {
  /** One sentence with object and effect. */
  readonly summary: string;
  readonly changes: readonly PreviewChange[];
  /** Sample of what is touched, at most 20 rows. */
  readonly samples?: {
    readonly columns: readonly string[];
    readonly rows: ReadonlyArray<readonly string[]>;
    /** How many there are in all. */
    readonly total: number;
  };
  /** What people may fear is touched and is not. */
  readonly untouched: readonly string[];
  readonly warnings: readonly string[];
}

/** What one step of a runbook would do, as far as it is known beforehand. @public */
export interface PreviewStep {
  readonly id: string;
  readonly title: string;
  readonly kind: 'action' | 'check' | 'verify' | 'manual' | 'approval';
  readonly section: 'steps' | 'onFailure' | 'finally';
  /** `later`: it depends on what earlier steps find; it is previewed when it is reached. */
  readonly known: 'now' | 'later' | 'skipped';
  readonly actionId?: string;
  readonly risk?: Risk;
  readonly target?: RunTarget;
  /** With `now`, of an action or a check. */
  readonly content?: PreviewContent;
  /** Why it is skipped, or known only later; what is asked of people. */
  readonly note?: string;
}

/** @public */
export interface Preview {
  readonly id: string;
  readonly runbookId: string;
  readonly target: RunTarget;
  readonly parameters: JsonObject;
  readonly risk: Risk;
  readonly content: PreviewContent;
  /** SHA-256 over runbook, parameters and what the world looked like. */
  readonly hash: string;
  readonly createdAt: string;
  /** A run can't be started from it after this time. */
  readonly expiresAt: string;
  /** Whether the one who asked may run it. */
  readonly execute: Allowance;
  /** Of a runbook file. */
  readonly steps?: readonly PreviewStep[];
  readonly definitionHash?: string;
  /** Who has to agree before the first step. */
  readonly approval?: ApprovalRule;
}
