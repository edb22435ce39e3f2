/** Signals channel on which the backend tells that something changed. @public */
export const LAKEHOUSE_SIGNALS_CHANNEL = 'lakehouse';

/** Message on {@link LAKEHOUSE_SIGNALS_CHANNEL}. @public */
export interface LakehouseSignal {
  readonly connection: string;
  readonly kind: 'queries' | 'cluster' | 'tables' | 'connection';
  /** ISO time of the change. */
  readonly at: string;
  [key: string]: string;
}

/** Topic of the events service on which anyone tells that a table changed. @public */
export const LAKEHOUSE_TABLE_CHANGED_TOPIC = 'lakehouse.table-changed';
