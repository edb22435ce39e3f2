import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { explainConnectionError } from '../shared/explainConnectionError';
import type { GatewayActionOptions } from './actionContext';
import { createActivateBackendAction } from './createActivateBackendAction';
import { createDeactivateBackendAction } from './createDeactivateBackendAction';

/** All actions on Trino Gateway. */
export function createGatewayActions(
  options: GatewayActionOptions,
): RunbookAction[] {
  const actions: RunbookAction[] = [
    createDeactivateBackendAction(options),
    createActivateBackendAction(options),
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
