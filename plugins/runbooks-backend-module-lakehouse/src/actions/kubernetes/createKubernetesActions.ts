import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { explainPreviews } from '../shared/explainPreviews';
import type { KubernetesActionOptions } from './actionContext';
import { createCheckWorkloadAction } from './createCheckWorkloadAction';
import { createRestartWorkloadAction } from './createRestartWorkloadAction';
import { createScaleWorkloadAction } from './createScaleWorkloadAction';
import { explainKubernetesError } from './explainKubernetesError';

/** All actions on Kubernetes. */
export function createKubernetesActions(
  options: KubernetesActionOptions,
): RunbookAction[] {
  return explainPreviews(
    [
      createRestartWorkloadAction(options),
      createScaleWorkloadAction(options),
      createCheckWorkloadAction(options),
    ],
    explainKubernetesError,
  );
}
