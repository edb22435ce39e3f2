import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';
import { CONNECTION_PICKERS } from './chosenConnection';
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
  ...Object.entries(CONNECTION_PICKERS).map(([name, system]) =>
    connectionPicker({ name, system }),
  ),
  tablePicker,
  prefixPicker,
  workloadPicker,
];
