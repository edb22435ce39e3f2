import type {
  GatewayConnections,
  TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** What the actions on Trino Gateway work with. */
export interface GatewayActionOptions {
  readonly connections: GatewayConnections;
  /** To count what runs on a backend that is one of them. */
  readonly trino: TrinoConnections;
  /** Told after an action may have changed a gateway. Never fails. */
  readonly connectionChanged: (connection: string) => void;
  readonly waits?: Partial<GatewayWaits>;
}

/** How it is waited for a gateway. */
export interface GatewayWaits {
  /** How often it is looked. */
  readonly everyMs: number;
  /** How long a gateway's count must stay at 0: it is that of its monitor's last look, which is up to so old. */
  readonly settleMs: number;
}

/** Gateway looks at its backends once a minute unless told. Source: MonitorConfiguration of Gateway 20. */
export const DEFAULT_WAITS: GatewayWaits = { everyMs: 2000, settleMs: 65_000 };

/** The system in the target of every action on Trino Gateway. */
export const GATEWAY_SYSTEM = 'trino-gateway';
