import type { RunbookDefinition } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * Why a runbook may not start by itself; undefined when it may. Stricter than
 * what holds for people, since nobody looks at the preview.
 */
export function triggerRefusal(
  definition: RunbookDefinition,
  allowed: ReadonlySet<string>,
): string | undefined {
  const { name, risk, runAs, steps } = definition;
  if (!allowed.has(name)) {
    return `${name} is not among runbooks.triggers.allowed of the config`;
  }
  if (risk === 'high') {
    return `${name} is of high risk, and such runbooks are started by people only`;
  }
  if (runAs === undefined) {
    return `${name} names nobody who answers for it: write spec.runAs`;
  }
  if (!steps.some(step => step.kind === 'verify')) {
    return `${name} has no verify step, so that nobody would know whether it helped`;
  }
  return undefined;
}
