import type { SupersetConnection } from '../../connections/superset';

/** One Superset that is to keep the contract. @public */
export interface SupersetContractTarget {
  /** As an account that may do everything. */
  readonly connection: SupersetConnection;
  /** A connection of the same server whose password is wrong. */
  readonly stranger: SupersetConnection;
  /** A published dashboard, one of its charts whose query works, and that chart's dataset. */
  readonly dashboardId: string;
  readonly chartId: string;
  readonly datasetId: string;
  /** An alert that has run at least once. */
  readonly alertId: string;
  close(): Promise<void>;
}
