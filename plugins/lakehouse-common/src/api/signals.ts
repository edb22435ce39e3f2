/** Signals channel on which the backend tells that something changed. @public */
export const LAKEHOUSE_SIGNALS_CHANNEL = 'lakehouse';

/** Message on {@link LAKEHOUSE_SIGNALS_CHANNEL}. @public */
export interface LakehouseSignal {
  readonly connection: string;
  readonly kind:
    | 'queries'
    | 'cluster'
    | 'tables'
    | 'connection'
    | 'cache'
    | 'dashboards'
    | 'workloads'
    | 'gateway'
    | 'metrics'
    | 'slos';
  /** ISO time of the change. */
  readonly at: string;
  [key: string]: string;
}

/** Topic of the events service on which anyone tells that a table changed. @public */
export const LAKEHOUSE_TABLE_CHANGED_TOPIC = 'lakehouse.table-changed';

/** Topic of the events service on which anyone tells that a system other than a table was changed: look again soon. @public */
export const LAKEHOUSE_CONNECTION_CHANGED_TOPIC =
  'lakehouse.connection-changed';

/** Payload on {@link LAKEHOUSE_CONNECTION_CHANGED_TOPIC}. @public */
export interface LakehouseConnectionChanged {
  readonly system: string;
  readonly connection: string;
}
