import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { TrinoActionOptions } from './actionContext';
import { createAnalyzeTableAction } from './createAnalyzeTableAction';
import { createKillQueryAction } from './createKillQueryAction';
import { createOptimizeTableAction } from './createOptimizeTableAction';
import { explainTrinoError } from './explainTrinoError';

/** All actions on Trino. */
export function createTrinoActions(
  options: TrinoActionOptions,
): RunbookAction[] {
  const actions: RunbookAction[] = [
    createKillQueryAction(options),
    createAnalyzeTableAction(options),
    createOptimizeTableAction(options),
  ];
  return actions.map(action => ({
    ...action,
    preview: async context => {
      try {
        return await action.preview(context);
      } catch (error) {
        throw explainTrinoError(error);
      }
    },
  }));
}
