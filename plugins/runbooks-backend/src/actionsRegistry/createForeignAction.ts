import type {
  ActionsService,
  ActionsServiceAction,
} from '@backstage/backend-plugin-api/alpha';
import { ResponseError, toError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Risk } from '@lakehouse-ops/plugin-runbooks-common';
import {
  createRunbookAction,
  type RunbookAction,
  sha256OfJson,
} from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { limitText, MAX_NOTE_LENGTH } from '../engine/limits';
import { jsonObjectSchema, toJsonObject } from '../json/jsonSchemas';
import type { JsonValidator } from '../json/JsonValidator';
import { FOREIGN_PREFIX } from './foreignId';

const TIMEOUT = { minutes: 5 };
const MAX_VALUE_LENGTH = 500;
/** Answers that say that nothing was done: bad input, no rights, not there. */
const REFUSALS: readonly number[] = [400, 401, 403, 404];

const refusedSchema = z.object({ refused: z.string() });

/** An action of Backstage's actions registry as a step of runbooks. */
export function createForeignAction(options: {
  action: ActionsServiceAction;
  actions: Pick<ActionsService, 'invoke'>;
  validator: JsonValidator;
  /** Whether it is still offered. */
  isOffered: () => boolean;
}): RunbookAction {
  const { action, actions, validator, isOffered } = options;
  const { attributes, pluginId, title } = action;
  const inputSchema = toJsonObject(action.schema.input);
  const version = sha256OfJson({ inputSchema, attributes: { ...attributes } });
  const repeatable = attributes.readOnly || attributes.idempotent;
  return createRunbookAction({
    id: `${FOREIGN_PREFIX}${action.id}`,
    title,
    description: action.description,
    verb: title,
    risk: riskOf(attributes),
    attributes,
    schema: {
      input: heldTo(inputSchema, validator),
      output: jsonObjectSchema,
    },
    timeout: TIMEOUT,
    target: () => ({
      system: 'backstage',
      connection: pluginId,
      kind: 'action',
      name: action.name,
    }),
    lockKeys: input =>
      attributes.readOnly
        ? []
        : [`backstage/${action.id}/${sha256OfJson(input)}`],
    preflight: async () => {
      if (!isOffered()) {
        return {
          allowed: false,
          reason: `The plugin ${pluginId} does not offer ${action.id} any more.`,
          remedy: 'Look at backend.actions in the config, and at that plugin.',
        };
      }
      if (action.schema.secrets) {
        return {
          allowed: false,
          reason: `${action.id} asks for secrets, and a runbook hands none on.`,
          remedy: 'Call it by other means.',
        };
      }
      return { allowed: true };
    },
    preview: async ({ input }) => ({
      content: {
        summary: `Calls ${title} (${action.id})`,
        changes: [],
        samples: {
          columns: ['Input', 'Value'],
          rows: Object.entries(input).map(([name, value]) => [
            name,
            shown(value),
          ]),
          total: Object.keys(input).length,
        },
        untouched: attributes.readOnly ? ['It only reads.'] : [],
        warnings: attributes.readOnly
          ? []
          : [
              `This action can't be asked beforehand what it will do. It says of itself: ${limitText(
                action.description,
                MAX_VALUE_LENGTH,
              )}`,
            ],
      },
      // A run is held to the action that was shown, not to one of the same name.
      fingerprint: { version },
    }),
    execute: async ({ input, credentials, log, remember }) => {
      try {
        const { output } = await actions.invoke({
          id: action.id,
          input,
          credentials,
        });
        return asOutput(output);
      } catch (error) {
        const told = asTold(error);
        if (isRefusal(error)) {
          await remember({ refused: told.message });
        } else {
          log.warn(`${action.id} gave no answer that tells what it did`);
        }
        throw told;
      }
    },
    verify: async () =>
      attributes.readOnly
        ? { outcome: 'verified', summary: 'It answered.', metrics: [] }
        : {
            outcome: 'inconclusive',
            summary:
              'It answered. Nothing here can read its effect again; add a step that does.',
            metrics: [],
          },
    reconcile: async ({ memory }) => {
      const refused = refusedSchema.safeParse(memory);
      if (refused.success) {
        return { state: 'not-done', reason: refused.data.refused };
      }
      return repeatable
        ? {
            state: 'not-done',
            reason: `${action.id} may be called again without harm.`,
          }
        : {
            state: 'unknown',
            reason: `Nothing can tell whether ${action.id} took effect.`,
          };
    },
  });
}

function riskOf(attributes: ActionsServiceAction['attributes']): Risk {
  if (attributes.readOnly) return 'low';
  return attributes.destructive ? 'high' : 'medium';
}

function heldTo(schema: JsonObject, validator: JsonValidator) {
  const { $id, id, ...shape } = schema;
  return z
    .unknown()
    .transform((value, context): JsonObject => {
      const object = jsonObjectSchema.safeParse(value);
      if (!object.success) {
        context.addIssue('must be an object of JSON');
        return z.NEVER;
      }
      const faults = validator.faults(schema, object.data, 'input');
      faults.forEach(fault => context.addIssue(fault));
      return faults.length > 0 ? z.NEVER : object.data;
    })
    .meta(shape);
}

function shown(value: JsonValue | undefined): string {
  return limitText(
    typeof value === 'string' ? value : JSON.stringify(value) ?? '',
    MAX_VALUE_LENGTH,
  );
}

function asOutput(output: JsonValue): JsonObject {
  const size = JSON.stringify(output)?.length ?? 0;
  if (size > MAX_NOTE_LENGTH) {
    return {
      omitted: `It answered with ${size} characters, and ${MAX_NOTE_LENGTH} are kept.`,
    };
  }
  const object = jsonObjectSchema.safeParse(output);
  return object.success ? object.data : { value: output ?? null };
}

function isRefusal(error: unknown): boolean {
  return error instanceof ResponseError && REFUSALS.includes(error.statusCode);
}

/** What the other plugin said, rather than that it answered with an error. */
function asTold(error: unknown): Error {
  return toError(error instanceof ResponseError ? error.cause : error);
}
