import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { explainConnectionError } from '../shared/explainConnectionError';
import { explainPreviews } from '../shared/explainPreviews';
import type { GatewayActionOptions } from './actionContext';
import { createActivateBackendAction } from './createActivateBackendAction';
import { createCheckBackendAction } from './createCheckBackendAction';
import { createDeactivateBackendAction } from './createDeactivateBackendAction';

/** All actions on Trino Gateway. */
export function createGatewayActions(
  options: GatewayActionOptions,
): RunbookAction[] {
  return explainPreviews(
    [
      createDeactivateBackendAction(options),
      createActivateBackendAction(options),
      createCheckBackendAction(options),
    ],
    explainConnectionError,
  );
}
