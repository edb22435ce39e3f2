import type { JsonObject } from '@backstage/types';

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
}
