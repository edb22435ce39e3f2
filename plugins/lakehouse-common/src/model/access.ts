/** Queries that access control refused, by user and table. @public */
export interface AccessDenialGroup {
  readonly user: string;
  /** From Trino's message: the event itself names no table. */
  readonly table?: string;
  /** What was refused, for example `select from columns`. */
  readonly action?: string;
  /** The rule or policy that decided, where the message tells it. */
  readonly rule?: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly lastQueryId: string;
  readonly sources: readonly string[];
}

/** @public */
export interface AccessDenialsView {
  readonly connection: string;
  readonly from: string;
  readonly to: string;
  /** Most often first, at most 100. */
  readonly groups: readonly AccessDenialGroup[];
  readonly total: number;
  /** Failures of the access control itself (a policy server that does not answer): no denials. */
  readonly outages: ReadonlyArray<{
    readonly message: string;
    readonly count: number;
    readonly firstAt: string;
    readonly lastAt: string;
  }>;
}
