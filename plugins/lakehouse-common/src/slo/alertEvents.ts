import type { LakehouseIndicator } from './definition';

/** Topic of Backstage's events on which SLO alerts are told. @public */
export const LAKEHOUSE_SLO_ALERT_TOPIC = 'lakehouse.slo.alert';

/**
 * That an alert of an SLO began to fire, or ended. It may come more than once;
 * the alert's id tells. Alerts of silenced SLOs are told when the silence ends
 * and they still fire.
 *
 * @public
 */
export interface SloAlertEventPayload {
  /** One for an alert from its beginning to its end. */
  readonly alertId: string;
  readonly state: 'fired' | 'resolved';
  readonly at: string;
  readonly slo: { readonly id: string; readonly name: string };
  /** What the SLO measures, if the lakehouse itself tells it. */
  readonly indicator?: LakehouseIndicator;
  readonly entityRef?: string;
  /** The name of the alert's condition. */
  readonly condition: string;
  readonly severity: string;
}
