import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { RunbookAction } from './createRunbookAction';

/** Where modules add actions to the Runbooks backend. @public */
export interface RunbookActionsExtensionPoint {
  addActions(...actions: RunbookAction[]): void;
}

/** @public */
export const runbookActionsExtensionPoint =
  createExtensionPoint<RunbookActionsExtensionPoint>({
    id: 'runbooks.actions',
  });
