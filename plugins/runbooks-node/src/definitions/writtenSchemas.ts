import type { JsonObject } from '@backstage/types';
import {
  RISKS,
  RUNBOOK_API_VERSION,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { EXPRESSION_MAX_LENGTH } from '../expressions/limits';
import { unwrapExpression } from '../expressions/unwrapExpression';
import { durationSchema } from './durationSchema';
import { count, fields, list, text } from './fields';
import {
  MAX_DOCS_LENGTH,
  MAX_ID_LENGTH,
  MAX_LIST,
  MAX_METRICS,
  MAX_NAME_LENGTH,
  MAX_SENTENCE_LENGTH,
  MAX_TEXT_LENGTH,
  MAX_TITLE_LENGTH,
  TIMES,
} from './limits';

const identifier = text(MAX_ID_LENGTH).regex(/^[a-z0-9][a-z0-9-]*$/, {
  error:
    'This has to begin with a letter or digit, and to have only a to z, 0 to 9 and hyphens.',
});

const jsonObject: z.ZodType<JsonObject, JsonObject> = z.record(
  z.string(),
  z.json(),
);

/** Told as it is worked out, without `${{ }}` around it. */
const expression = text(EXPRESSION_MAX_LENGTH).transform(unwrapExpression);

const risk = z.enum(RISKS, {
  error: `This has to be one of ${RISKS.join(', ')}.`,
});

function entityRef(kinds: readonly string[]) {
  const error = `This has to be an entity ref such as ${kinds[0]}:default/name.`;
  return text(MAX_NAME_LENGTH)
    .regex(
      new RegExp(`^(${kinds.join('|')}):([\\w.-]{1,63}/)?[\\w.-]{1,63}$`, 'i'),
      { error },
    )
    .transform(ref => {
      const lower = ref.toLowerCase();
      return lower.includes('/') ? lower : lower.replace(':', ':default/');
    });
}

const approvalShape = {
  groups: list(entityRef(['group', 'user']), MAX_LIST).default([]),
  count: count(1, 10).default(1),
  expires: durationSchema(TIMES.expires).prefault(TIMES.expires.unset),
};

const baseShape = {
  id: identifier,
  title: text(MAX_TITLE_LENGTH),
  docs: text(MAX_DOCS_LENGTH).optional(),
  if: expression.optional(),
};

const callShape = {
  input: jsonObject.default({}),
  timeout: durationSchema(TIMES.timeout).optional(),
  retry: fields({
    attempts: count(1, 10),
    delay: durationSchema(TIMES.retryDelay).prefault(TIMES.retryDelay.unset),
  }).optional(),
};

const actionId = text(MAX_NAME_LENGTH).regex(/^[\w.-]+:[\w.:/-]+$/, {
  error: 'This has to be the id of an action, such as redis:flush-keys.',
});

/** The fields of each kind of step, as they are written. */
export const stepSchemas = {
  action: fields({
    ...baseShape,
    action: actionId,
    ...callShape,
    foreach: fields({
      in: expression,
      concurrency: count(1, 10).default(1),
      maxItems: count(1, 1_000).default(50),
      stopOnErrorRate: z
        .number()
        .min(0, { error: 'This has to be from 0 to 1.' })
        .max(1, { error: 'This has to be from 0 to 1.' })
        .default(0),
    }).optional(),
  }),
  check: fields({
    ...baseShape,
    check: actionId,
    ...callShape,
    assert: expression,
    message: text(MAX_TEXT_LENGTH).optional(),
  }),
  verify: fields({
    ...baseShape,
    verify: actionId,
    ...callShape,
    assert: expression,
    metrics: list(
      fields({
        label: text(MAX_TITLE_LENGTH),
        value: expression,
        unit: z.enum(['files', 'bytes', 'ms', 'percent', 'count', 'text']),
        better: z.enum(['lower', 'higher']).optional(),
      }),
      MAX_METRICS,
    ).default([]),
    within: durationSchema(TIMES.within).prefault(TIMES.within.unset),
    every: durationSchema(TIMES.every).prefault(TIMES.every.unset),
  }),
  manual: fields({
    ...baseShape,
    manual: text(MAX_TEXT_LENGTH),
    answer: jsonObject.optional(),
    expires: durationSchema(TIMES.expires).prefault(TIMES.expires.unset),
  }),
  approval: fields({
    ...baseShape,
    approval: fields({ question: text(MAX_TEXT_LENGTH), ...approvalShape }),
  }),
} as const;

/** The kinds of steps. */
export type StepKind = keyof typeof stepSchemas;

/** A step as it is written, of a kind. */
export type WrittenStep<K extends StepKind> = z.output<(typeof stepSchemas)[K]>;

const triggerSchema = fields({
  slo: fields({
    indicator: text(MAX_NAME_LENGTH).optional(),
    name: text(MAX_NAME_LENGTH).optional(),
    severity: text(MAX_ID_LENGTH).optional(),
  }).optional(),
  condition: fields({
    system: text(MAX_ID_LENGTH),
    name: text(MAX_NAME_LENGTH),
  }).optional(),
  cron: fields({
    expression: text(100),
    timeZone: text(64).default('UTC'),
  }).optional(),
  start: fields({ parameters: jsonObject.default({}) }).optional(),
});

const targetName = text(MAX_TEXT_LENGTH);

/** A whole file, for one schema of steps. */
export function fileSchema<T extends z.ZodType>(steps: T) {
  return fields({
    apiVersion: z.literal(RUNBOOK_API_VERSION, {
      error: `This has to be ${RUNBOOK_API_VERSION}.`,
    }),
    kind: z.literal('Runbook', { error: 'This has to be Runbook.' }),
    metadata: fields({
      name: identifier,
      title: text(MAX_TITLE_LENGTH),
      description: text(MAX_SENTENCE_LENGTH),
      owner: entityRef(['group', 'user']).optional(),
      tags: list(text(MAX_ID_LENGTH), MAX_LIST).default([]),
    }),
    spec: fields({
      verb: text(MAX_ID_LENGTH).default('Run'),
      risk,
      docs: text(MAX_DOCS_LENGTH).optional(),
      appliesTo: list(
        fields({
          kind: text(MAX_NAME_LENGTH).optional(),
          type: text(MAX_NAME_LENGTH).optional(),
          annotation: text(MAX_NAME_LENGTH).optional(),
        }),
        MAX_LIST,
      ).default([]),
      triggers: list(triggerSchema, MAX_LIST).default([]),
      parameters: jsonObject.default({ type: 'object', properties: {} }),
      target: fields({
        system: targetName,
        connection: targetName,
        kind: targetName,
        name: targetName,
      }),
      approval: fields(approvalShape).optional(),
      limits: fields({
        maxConcurrent: count(1, 100).optional(),
        maxPerHour: count(1, 10_000).optional(),
        maxPerTargetPerHour: count(1, 10_000).optional(),
      }).default({}),
      whenLocked: z
        .enum(['refuse', 'queue'], {
          error: 'This has to be refuse or queue.',
        })
        .default('refuse'),
      runAs: entityRef(['user']).optional(),
      steps,
      onFailure: steps.optional(),
      finally: steps.optional(),
    }),
  });
}

/** Steps are read one by one, so that each is told what its own kind lacks. */
export const looseFileSchema = fileSchema(z.array(z.unknown()));

/** A file as it is written, but for its steps. */
export type WrittenFile = z.output<typeof looseFileSchema>;
