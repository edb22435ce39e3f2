import type { SloAlertPolicy } from '@lakehouse-ops/plugin-lakehouse-common';

/** Says that no alerts are wanted; without any policy there would be the usual ones. */
export const NO_ALERTS: SloAlertPolicy = {
  name: 'none',
  whenBreaching: false,
  whenResolved: false,
  whenNoData: false,
  conditions: [],
  targets: [],
};
