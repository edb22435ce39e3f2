import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { explainConnectionError } from '../shared/explainConnectionError';
import { explainPreviews } from '../shared/explainPreviews';
import type { SupersetActionOptions } from './actionContext';
import { createCheckAlertAction } from './createCheckAlertAction';
import { createCheckDashboardAction } from './createCheckDashboardAction';
import { createInvalidateCacheAction } from './createInvalidateCacheAction';
import { createRunAlertNowAction } from './createRunAlertNowAction';
import { createWarmDashboardAction } from './createWarmDashboardAction';

/** All actions on Superset. */
export function createSupersetActions(
  options: SupersetActionOptions,
): RunbookAction[] {
  return explainPreviews(
    [
      createInvalidateCacheAction(options),
      createWarmDashboardAction(options),
      createRunAlertNowAction(options),
      createCheckAlertAction(options),
      createCheckDashboardAction(options),
    ],
    explainConnectionError,
  );
}
