import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import {
  createRunbookAction,
  runbookActionsExtensionPoint,
  runbookFilesExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';

/** What both say first. */
export const FIRST_LINE = 'It does nothing';

/** How many steps the long runbook has; the short one has one. */
export const STEPS = 20;

export const TEMPLATE = 'template:default/noop';

const noop = createRunbookAction({
  id: 'bench:noop',
  title: 'Do nothing',
  description: 'Writes a line, and does nothing.',
  verb: 'Do nothing',
  risk: 'low',
  attributes: { readOnly: false, destructive: false, idempotent: true },
  schema: { input: z.object({ target: z.string() }), output: z.object({}) },
  timeout: { seconds: 10 },
  target: ({ target }) => ({
    system: 'bench',
    connection: 'bench',
    kind: 'target',
    name: target,
  }),
  lockKeys: ({ target }) => [`bench/${target}`],
  preflight: async () => ({ allowed: true }),
  preview: async () => ({
    content: {
      summary: 'Does nothing.',
      changes: [],
      untouched: [],
      warnings: [],
    },
    fingerprint: {},
  }),
  async execute({ log }) {
    log.info(FIRST_LINE);
    return {};
  },
  verify: async () => ({
    outcome: 'verified',
    summary: 'Nothing was done.',
    metrics: [],
  }),
  reconcile: async () => ({ state: 'done', output: {} }),
});

function runbookOf(name: string, steps: number): string {
  const lines = Array.from(
    { length: steps },
    (_, n) => `    - id: s${n}
      title: Step ${n}
      action: bench:noop
      input:
        target: \${{ parameters.target + "-${n}" }}`,
  );
  return `apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata:
  name: ${name}
  title: ${name}
  description: Does nothing, ${steps} times.
spec:
  risk: low
  parameters:
    type: object
    required: [target]
    properties:
      target:
        type: string
        title: Target
  target:
    system: bench
    connection: bench
    kind: target
    name: \${{ parameters.target }}
  steps:
${lines.join('\n')}
`;
}

/** An action that does nothing, alone and in runbooks. */
export const noopRunbooks = createBackendModule({
  pluginId: 'runbooks',
  moduleId: 'bench',
  register(env) {
    env.registerInit({
      deps: {
        actions: runbookActionsExtensionPoint,
        files: runbookFilesExtensionPoint,
      },
      async init({ actions, files }) {
        actions.addActions(noop);
        for (const [name, steps] of [
          ['one-step', 1],
          ['many-steps', STEPS],
        ] as const) {
          files.addFile({ name: `${name}.yaml`, text: runbookOf(name, steps) });
        }
      },
    });
  },
});

/** The same as an action of the Scaffolder. */
export const noopTemplateAction = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'bench',
  register(env) {
    env.registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(
          createTemplateAction({
            id: 'bench:noop',
            description: 'Writes a line, and does nothing.',
            async handler({ logger }) {
              logger.info(FIRST_LINE);
            },
          }),
        );
      },
    });
  },
});

/** The template of a task of that one action. */
export const noopTemplate = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'noop', namespace: 'default' },
  spec: {
    owner: 'user:default/mock',
    type: 'service',
    parameters: [],
    steps: [{ id: 'noop', name: 'Do nothing', action: 'bench:noop' }],
  },
};
