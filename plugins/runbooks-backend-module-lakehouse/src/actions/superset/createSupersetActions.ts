import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { SupersetActionOptions } from './actionContext';
import { explainConnectionError } from '../shared/explainConnectionError';
import { createInvalidateCacheAction } from './createInvalidateCacheAction';
import { createRunAlertNowAction } from './createRunAlertNowAction';
import { createWarmDashboardAction } from './createWarmDashboardAction';

/** All actions on Superset. */
export function createSupersetActions(
  options: SupersetActionOptions,
): RunbookAction[] {
  const actions: RunbookAction[] = [
    createInvalidateCacheAction(options),
    createWarmDashboardAction(options),
    createRunAlertNowAction(options),
  ];
  return actions.map(action => ({
    ...action,
    preview: async context => {
      try {
        return await action.preview(context);
      } catch (error) {
        throw explainConnectionError(error);
      }
    },
  }));
}
