/** Lines and marks of an SLO's charts. All times ISO. @public */
export interface SloHistory {
  readonly from: string;
  readonly to: string;
  /** Budget left; at most 300 points, oldest first. Absent figures: nothing was observed. */
  readonly points: ReadonlyArray<{
    readonly at: string;
    readonly remaining?: number;
    readonly attainment?: number;
    readonly good?: number;
    readonly total?: number;
  }>;
  /** Of each alert condition; at most 300 points. */
  readonly burnRates: ReadonlyArray<{
    readonly condition: string;
    readonly factor: number;
    readonly longMs: number;
    readonly points: ReadonlyArray<{
      readonly at: string;
      readonly value?: number;
    }>;
  }>;
  /** Budget left to come, at the newest pace. */
  readonly forecast: ReadonlyArray<{
    readonly at: string;
    readonly low: number;
    readonly mid: number;
    readonly high: number;
  }>;
  /** Times that were not observed. */
  readonly gaps: ReadonlyArray<{
    readonly from: string;
    readonly to: string;
    readonly reason?: string;
  }>;
  /** Times that don't count. */
  readonly excluded: ReadonlyArray<{
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }>;
  readonly marks: ReadonlyArray<{
    readonly at: string;
    readonly kind:
      | 'alert-fired'
      | 'alert-resolved'
      | 'definition-changed'
      | 'runbook-run';
    readonly title: string;
  }>;
}

/** What queries can be told apart by. @public */
export type SpenderDimension =
  | 'source'
  | 'user'
  | 'table'
  | 'error'
  | 'resourceGroup';

/** Who spent the budget. @public */
export interface SloSpenders {
  readonly from: string;
  readonly to: string;
  /** Share of the budget of the window that was spent in the range. */
  readonly spent: number;
  readonly dimensions: ReadonlyArray<{
    readonly dimension: SpenderDimension;
    /** Largest first, at most 10, then the rest in one with `value` absent. Shares sum to 1. */
    readonly items: ReadonlyArray<{
      readonly value?: string;
      readonly share: number;
      /** Bad events. */
      readonly bad: number;
      /** ISO times of the first and last hour in which it spent. */
      readonly firstAt?: string;
      readonly lastAt?: string;
    }>;
  }>;
  /** Why there is nothing to tell: the indicator is no count of queries, or nothing was spent. */
  readonly note?: string;
}

/** What a change would have meant. @public */
export interface SloWhatIf {
  readonly target: number;
  readonly threshold?: number;
  readonly attainment?: number;
  readonly remaining?: number;
  /** Budget left over the window. */
  readonly points: ReadonlyArray<{
    readonly at: string;
    readonly remaining?: number;
  }>;
  /** How often each alert would have fired. */
  readonly alerts: ReadonlyArray<{
    readonly condition: string;
    readonly fired: number;
  }>;
  /** How exact it is, or why it can't be told. */
  readonly note?: string;
}

/** An SLO that the last weeks' data suggest. @public */
export interface SloProposal {
  readonly title: string;
  readonly reason: string;
  /** Suggested objective, and what was attained. */
  readonly target: number;
  readonly threshold?: { readonly value: number; readonly unit: string };
  readonly attained?: number;
  readonly basedOnDays: number;
  /** OpenSLO v1. */
  readonly yaml: string;
  /** File name to put it in, and the annotation to add when the entity has none. */
  readonly path: string;
  readonly annotation?: string;
  /** Opens a pull request form with the file filled in, when the entity's place allows one. */
  readonly pullRequestUrl?: string;
}
