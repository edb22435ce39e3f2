import {
  type BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  type RunbookAction,
  runbookActionsExtensionPoint,
  runbookFilesExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';

/** A module that brings actions, and the texts of runbook files by their names. */
export function fakeModule(brought: {
  actions: RunbookAction[];
  files?: Readonly<Record<string, string>>;
}): BackendFeature {
  return createBackendModule({
    pluginId: 'runbooks',
    moduleId: 'fake',
    register(env) {
      env.registerInit({
        deps: {
          actions: runbookActionsExtensionPoint,
          files: runbookFilesExtensionPoint,
        },
        init: async ({ actions, files }) => {
          actions.addActions(...brought.actions);
          for (const [name, text] of Object.entries(brought.files ?? {})) {
            files.addFile({ name, text });
          }
        },
      });
    },
  });
}
