import type { JsonObject } from '@backstage/types';
import type {
  ApprovalRule,
  RunbookActionCall,
  RunbookStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { readBy } from './fields';
import type { Problems } from './Problems';
import { type StepKind, stepSchemas, type WrittenStep } from './writtenSchemas';
import type { FieldPath } from './YamlSource';

/** What a manual step asks for when its file does not say. */
const SEEN: JsonObject = {
  type: 'object',
  required: ['seen'],
  properties: {
    seen: {
      type: 'string',
      title: 'What did you see?',
      minLength: 1,
      maxLength: 2_000,
    },
  },
  additionalProperties: false,
};

/** Reads a step of a kind, with all defaults; what is wrong is told. */
export function buildStep(options: {
  kind: StepKind;
  value: JsonObject;
  path: FieldPath;
  problems: Problems;
}): RunbookStep | undefined {
  const { kind, ...rest } = options;
  switch (kind) {
    case 'action':
      return onlyGood(
        readBy({ ...rest, schema: stepSchemas.action }),
        actionStep,
      );
    case 'check':
      return onlyGood(
        readBy({ ...rest, schema: stepSchemas.check }),
        checkStep,
      );
    case 'verify':
      return onlyGood(
        readBy({ ...rest, schema: stepSchemas.verify }),
        verifyStep,
      );
    case 'manual':
      return onlyGood(
        readBy({ ...rest, schema: stepSchemas.manual }),
        manualStep,
      );
    default:
      return onlyGood(
        readBy({ ...rest, schema: stepSchemas.approval }),
        approvalStep,
      );
  }
}

function onlyGood<T>(
  written: T | undefined,
  build: (written: T) => RunbookStep,
): RunbookStep | undefined {
  return written && build(written);
}

function base(step: { id: string; title: string; docs?: string; if?: string }) {
  return {
    id: step.id,
    title: step.title,
    ...(step.docs !== undefined && { docs: step.docs }),
    ...(step.if !== undefined && { if: step.if }),
  };
}

function call(
  action: string,
  step: Pick<WrittenStep<'action'>, 'input' | 'timeout' | 'retry'>,
): RunbookActionCall {
  const { input, timeout, retry } = step;
  return {
    action,
    input,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(retry && {
      retry: { attempts: retry.attempts, delayMs: retry.delay },
    }),
  };
}

function actionStep(step: WrittenStep<'action'>): RunbookStep {
  return {
    kind: 'action',
    ...base(step),
    ...call(step.action, step),
    ...(step.foreach && { foreach: step.foreach }),
  };
}

function checkStep(step: WrittenStep<'check'>): RunbookStep {
  return {
    kind: 'check',
    ...base(step),
    ...call(step.check, step),
    assert: step.assert,
    message: step.message ?? `This does not hold: ${step.assert}`,
  };
}

function verifyStep(step: WrittenStep<'verify'>): RunbookStep {
  return {
    kind: 'verify',
    ...base(step),
    ...call(step.verify, step),
    assert: step.assert,
    metrics: step.metrics.map(({ better, ...metric }) => ({
      ...metric,
      ...(better && { better }),
    })),
    withinMs: step.within,
    everyMs: step.every,
  };
}

function manualStep(step: WrittenStep<'manual'>): RunbookStep {
  return {
    kind: 'manual',
    ...base(step),
    instruction: step.manual,
    answerSchema: step.answer ?? SEEN,
    expiresAfterMs: step.expires,
  };
}

function approvalStep(step: WrittenStep<'approval'>): RunbookStep {
  return {
    kind: 'approval',
    ...base(step),
    question: step.approval.question,
    rule: approvalRule(step.approval),
  };
}

/** Whom an approval is asked of, as read. */
export function approvalRule(written: {
  groups: readonly string[];
  count: number;
  expires: number;
}): ApprovalRule {
  const { groups, count, expires } = written;
  return { groups, count, expiresAfterMs: expires };
}
