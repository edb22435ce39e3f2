import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { explainPreviews } from '../shared/explainPreviews';
import type { TrinoActionOptions } from './actionContext';
import { createAnalyzeTableAction } from './createAnalyzeTableAction';
import { createCheckClusterAction } from './createCheckClusterAction';
import { createCheckQueriesAction } from './createCheckQueriesAction';
import { createCheckSqlAction } from './createCheckSqlAction';
import { createCheckTableAction } from './createCheckTableAction';
import { createExpireSnapshotsAction } from './createExpireSnapshotsAction';
import { createKillQueryAction } from './createKillQueryAction';
import { createOptimizeManifestsAction } from './createOptimizeManifestsAction';
import { createOptimizeTableAction } from './createOptimizeTableAction';
import { createRemoveOrphanFilesAction } from './createRemoveOrphanFilesAction';
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
      createOptimizeManifestsAction(options),
      createExpireSnapshotsAction(options),
      createRemoveOrphanFilesAction(options),
      createCheckSqlAction(options),
      createCheckClusterAction(options),
      createCheckQueriesAction(options),
      createCheckTableAction(options),
    ],
    explainTrinoError,
  );
}
