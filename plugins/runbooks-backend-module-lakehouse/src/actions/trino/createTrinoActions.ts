import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { explainPreviews } from '../shared/explainPreviews';
import type { TrinoActionOptions } from './actionContext';
import { createAnalyzeTableAction } from './createAnalyzeTableAction';
import { createKillQueryAction } from './createKillQueryAction';
import { createOptimizeTableAction } from './createOptimizeTableAction';
import { explainTrinoError } from './explainTrinoError';

/** All actions on Trino. */
export function createTrinoActions(
  options: TrinoActionOptions,
): RunbookAction[] {
  return explainPreviews(
    [
      createKillQueryAction(options),
      createAnalyzeTableAction(options),
      createOptimizeTableAction(options),
    ],
    explainTrinoError,
  );
}
