/** What happened, on the time line of a connection. @public */
export interface TimelineEvent {
  readonly id: string;
  readonly connection: string;
  /** `stampede`, `alert-fired`, `oom-kill`, `failover`, `backend-down` and so on. */
  readonly kind: string;
  /** ISO times; no end for a moment, or while it lasts. */
  readonly at: string;
  readonly until?: string;
  readonly severity: 'info' | 'warning' | 'critical';
  /** One sentence. */
  readonly title: string;
  /** What it is about: a key prefix, an alert, a workload. */
  readonly subject?: string;
}
