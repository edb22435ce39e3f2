import type { LakehouseIndicator } from '@lakehouse-ops/plugin-lakehouse-common';

/** What an alert is told of, as it stood when it fired: its SLO or entity may be gone when it ends. */
export interface AlertSubject {
  readonly name: string;
  readonly title: string;
  readonly service: string;
  /** Of composites the first that the lakehouse itself tells. */
  readonly indicator?: LakehouseIndicator;
  readonly entityRef?: string;
  readonly owner?: string;
  readonly onCall?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly connections: readonly string[];
  /** Names of runbooks that its owners suggest. */
  readonly runbooks: readonly string[];
  /** `owner`, `on-call`, or names of the config's targets. */
  readonly targets: readonly string[];
  readonly whenBreaching: boolean;
  readonly whenResolved: boolean;
}
