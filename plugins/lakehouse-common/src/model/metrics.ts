import type { Gap } from './gap';

/** An alert of Prometheus' rules. @public */
export interface MetricsAlert {
  readonly connection: string;
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly severity?: string;
  readonly summary?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The value when last evaluated; absent when it is not a number. */
  readonly value?: number;
  readonly activeAt?: string;
  /** The connection that it is about, from the label `connection` or `cluster`. */
  readonly of?: string;
}

/** @public */
export interface MetricsView {
  readonly connection: string;
  readonly title: string;
  readonly version?: string;
  readonly observedAt?: string;
  readonly staleAfterSeconds: number;
  readonly alerts: readonly MetricsAlert[];
  /** Scrape targets, down first. */
  readonly targets: ReadonlyArray<{
    readonly job: string;
    readonly instance: string;
    readonly health: 'up' | 'down' | 'unknown';
    readonly lastError?: string;
    readonly lastScrapeAt?: string;
  }>;
  readonly gaps: readonly Gap[];
}
