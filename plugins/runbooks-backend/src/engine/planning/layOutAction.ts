import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  ApprovalRule,
  RunLimits,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { jsonObjectSchema } from '../../json/jsonSchemas';
import { parametersSchema } from '../ActionRegistry';
import { boundPreviewContent } from '../boundPreviewContent';
import { initialStepsOfAction } from '../initialSteps';
import { MAX_NOTE_LENGTH } from '../limits';
import { parseParameters } from '../parseParameters';
import type { RunLayout } from './RunLayout';

/**
 * Lays out a run of a single action.
 *
 * @throws InputError that names the field
 */
export function layOutAction(options: {
  action: RunbookAction;
  parameters: JsonObject;
  approval?: ApprovalRule;
  limits: RunLimits;
}): RunLayout {
  const { action, approval, limits } = options;
  const input = parseParameters(action.schema.input, options.parameters);
  const target = action.target(input);
  const parameters = jsonObjectSchema.parse(input);
  const acts = !action.attributes.readOnly;
  const lockKeys = action.lockKeys(input);
  return {
    resource: { runbookId: action.id, risk: action.risk, target },
    title: action.title,
    parameters,
    schema: parametersSchema(action),
    calls: [{ action, input: parameters, target, lockKeys, acts }],
    lockKeys,
    whenLocked: 'refuse',
    limits,
    approval,
    steps: initialStepsOfAction({
      title: action.title,
      needsApproval: approval !== undefined,
    }),
    look: async ({ signal, credentials }) => {
      const looked = await action.preview({ input, signal, credentials });
      assertSmall(looked.fingerprint);
      return {
        content: boundPreviewContent(looked.content),
        fingerprint: looked.fingerprint,
      };
    },
  };
}

function assertSmall(fingerprint: JsonObject): void {
  if (JSON.stringify(fingerprint).length > MAX_NOTE_LENGTH) {
    throw new InputError(
      `The target can't be previewed: what identifies its state is over ${MAX_NOTE_LENGTH} characters.`,
    );
  }
}
