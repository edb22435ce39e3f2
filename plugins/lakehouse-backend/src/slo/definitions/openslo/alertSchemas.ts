import { z } from 'zod';
import { fields, optional, quote } from '../yaml/fields';
import { duration, durationOrNone } from './duration';
import { description, filledText, metadata, objectName } from './metadata';

export const OPERATORS = ['lte', 'gte', 'lt', 'gt'] as const;

/** How a value is compared. */
export const operator = z.enum(OPERATORS, {
  error: issue =>
    `${quote(issue.input)} is no comparison. Write lte, gte, lt or gt.`,
});

const condition = fields({
  kind: optional(
    z.literal('burnrate', {
      error: issue =>
        `${quote(
          issue.input,
        )} is no kind of condition that OpenSLO knows. Write burnrate.`,
    }),
  ),
  op: operator,
  threshold: z.number(),
  lookbackWindow: duration,
  alertAfter: optional(durationOrNone),
});

export const alertConditionSpec = fields({
  description: optional(description),
  severity: filledText,
  condition,
});

export const alertNotificationTargetSpec = fields({
  description: optional(description),
  target: filledText,
});

/** Tells when it is neither a reference nor an object, or both. */
function checkOneWay(
  value: { kind?: string; metadata?: unknown; spec?: unknown },
  options: {
    kind: string;
    refName: string;
    ref: string | undefined;
    context: z.RefinementCtx;
  },
) {
  const { kind, refName, ref, context } = options;
  const inline = [value.kind, value.metadata, value.spec];
  const some = inline.some(part => part !== undefined);
  if ((ref === undefined) === some) {
    if (some && inline.some(part => part === undefined)) {
      context.addIssue({
        code: 'custom',
        message: `An ${kind} that is written in place needs kind, metadata and spec; one of them is missing. Write all three, or ${refName} with the name of one that stands elsewhere.`,
      });
    }
    return;
  }
  context.addIssue({
    code: 'custom',
    message: some
      ? `Both ${refName} and an ${kind} in place are written; only one can count. Remove one of them.`
      : `Nothing is named here. Write ${refName} with the name of an ${kind}, or kind, metadata and spec of one.`,
  });
}

const conditionEntry = fields({
  conditionRef: optional(objectName),
  kind: optional(z.literal('AlertCondition')),
  metadata: optional(metadata),
  spec: optional(alertConditionSpec),
}).superRefine((value, context) =>
  checkOneWay(value, {
    kind: 'AlertCondition',
    refName: 'conditionRef',
    ref: value.conditionRef,
    context,
  }),
);

const targetEntry = fields({
  targetRef: optional(objectName),
  kind: optional(z.literal('AlertNotificationTarget')),
  metadata: optional(metadata),
  spec: optional(alertNotificationTargetSpec),
}).superRefine((value, context) =>
  checkOneWay(value, {
    kind: 'AlertNotificationTarget',
    refName: 'targetRef',
    ref: value.targetRef,
    context,
  }),
);

export const alertPolicySpec = fields({
  description: optional(description),
  alertWhenNoData: optional(z.boolean()),
  alertWhenResolved: optional(z.boolean()),
  alertWhenBreaching: optional(z.boolean()),
  conditions: z.array(conditionEntry).refine(list => list.length === 1, {
    error: issue =>
      `There are ${count(
        issue.input,
      )} conditions; OpenSLO allows exactly one in a policy. Write one policy for each condition, and name all of them in the SLO's alertPolicies. For a long and a short window in one condition, annotate the condition with lakehouse-ops.io/short-window.`,
  }),
  notificationTargets: z.array(targetEntry).refine(list => list.length > 0, {
    error:
      'Nobody is told of this alert. Write at least one target, such as targetRef: owner.',
  }),
});

export const alertPolicyEntry = fields({
  alertPolicyRef: optional(objectName),
  kind: optional(z.literal('AlertPolicy')),
  metadata: optional(metadata),
  spec: optional(alertPolicySpec),
}).superRefine((value, context) =>
  checkOneWay(value, {
    kind: 'AlertPolicy',
    refName: 'alertPolicyRef',
    ref: value.alertPolicyRef,
    context,
  }),
);

export type AlertConditionSpec = z.output<typeof alertConditionSpec>;
export type AlertNotificationTargetSpec = z.output<
  typeof alertNotificationTargetSpec
>;
export type AlertPolicySpec = z.output<typeof alertPolicySpec>;

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
