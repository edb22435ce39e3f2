import type { RunbookTrigger } from '@lakehouse-ops/plugin-runbooks-common';
import { matchesSlo } from '../suggestions/matchesSlo';
import type { Alert } from './Alert';

/** Whether a trigger starts its runbook when an alert fires, and does not only suggest it. */
export function startsForAlert(
  { slo, start }: RunbookTrigger,
  { slo: { name }, indicator, severity }: Alert,
): boolean {
  return (
    slo !== undefined &&
    start !== undefined &&
    matchesSlo(slo, { name, indicator }) &&
    (slo.severity === undefined || slo.severity === severity)
  );
}
