import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';
import { connectionPicker } from './connectionPicker';
import { prefixPicker } from './prefixPicker';
import { tablePicker } from './tablePicker';
import { workloadPicker } from './workloadPicker';

/**
 * Pickers for parameters of runbooks, filled from the Lakehouse backend. Apps
 * on the new frontend system have them by themselves; others give them to
 * their `runbookPickersApiRef`.
 *
 * @public
 */
export const lakehousePickers: readonly RunbookPicker[] = [
  connectionPicker({ name: 'trino-cluster', system: 'trino' }),
  connectionPicker({ name: 'redis-connection', system: 'redis' }),
  connectionPicker({ name: 'superset-connection', system: 'superset' }),
  connectionPicker({ name: 'kubernetes-connection', system: 'kubernetes' }),
  connectionPicker({ name: 'prometheus-connection', system: 'prometheus' }),
  connectionPicker({ name: 'trino-gateway', system: 'trino-gateway' }),
  tablePicker,
  prefixPicker,
  workloadPicker,
];
