import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { KubernetesActionOptions } from './actionContext';
import { createRestartWorkloadAction } from './createRestartWorkloadAction';
import { createScaleWorkloadAction } from './createScaleWorkloadAction';
import { explainKubernetesError } from './explainKubernetesError';

/** All actions on Kubernetes. */
export function createKubernetesActions(
  options: KubernetesActionOptions,
): RunbookAction[] {
  const actions: RunbookAction[] = [
    createRestartWorkloadAction(options),
    createScaleWorkloadAction(options),
  ];
  return actions.map(action => ({
    ...action,
    preview: async context => {
      try {
        return await action.preview(context);
      } catch (error) {
        throw explainKubernetesError(error);
      }
    },
  }));
}
