import type { LoggerService } from '@backstage/backend-plugin-api';
import type { LakehouseConfig } from '../config/readLakehouseConfig';
import type { ObservationStore } from '../observations/ObservationStore';
import type { StorageOutages } from '../observations/StorageOutages';
import type { LakehouseConnections } from '../systems/registerSystems';
import type { SystemRegistry } from '../systems/SystemRegistry';
import type { ConnectionAccess } from './ConnectionAccess';

/** What every router of the HTTP API is made of. */
export interface RouteContext {
  readonly connections: LakehouseConnections;
  readonly systems: SystemRegistry;
  readonly store: ObservationStore;
  readonly outages: StorageOutages;
  readonly access: ConnectionAccess;
  readonly config: LakehouseConfig;
  readonly logger: LoggerService;
}
