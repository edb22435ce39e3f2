import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { PrometheusConnections } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import { DatabaseSloRollups } from './DatabaseSloRollups';
import { RollupTicks } from './RollupTicks';

/** What {@link createSloRollups} needs. */
export interface SloRollupsOptions {
  /** The plugin's own; its schema is brought up to date by the observations' store. */
  readonly database: DatabaseService;
  readonly store: ObservationStore;
  readonly prometheus: Pick<PrometheusConnections, 'get'>;
  /** By connection, the `source` of our own queries: the same as the store was given. */
  readonly ownSources: ReadonlyMap<string, string>;
  readonly logger: LoggerService;
  /** How far back the past of a new series is counted at most, 40 unless told. */
  readonly backfillDays?: number;
  /** How long counts by the minute are kept, 8 unless told; those by hour and day until they are pruned. */
  readonly minuteDays?: number;
}

/** The counts that SLOs are told from, and what keeps them. */
export async function createSloRollups(
  options: SloRollupsOptions,
): Promise<DatabaseSloRollups> {
  const { database, ...others } = options;
  const db = await database.getClient();
  return DatabaseSloRollups.create({
    ...others,
    db,
    ticks: RollupTicks.create({ ...others, db }),
  });
}
