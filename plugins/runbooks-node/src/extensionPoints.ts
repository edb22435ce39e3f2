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

/** Where modules add runbook files to the Runbooks backend. @public */
export interface RunbookFilesExtensionPoint {
  /**
   * @param file - `name` is how the file is called where its problems are told,
   * such as `cache-stampede.yaml`; `text` is what it says, in YAML
   */
  addFile(file: { name: string; text: string }): void;
}

/** @public */
export const runbookFilesExtensionPoint =
  createExtensionPoint<RunbookFilesExtensionPoint>({
    id: 'runbooks.files',
  });
