import type { RunbookStep } from '@lakehouse-ops/plugin-runbooks-common';
import { personName } from '../../approvals/personName';

const MINUTE_MS = 60_000;

/**
 * One or two sentences on what a step asks of people, or waits for.
 *
 * @param asked - the instruction or question, filled in as far as it can be
 */
export function describeWait(step: RunbookStep, asked = ''): string {
  switch (step.kind) {
    case 'manual':
      return `A person does this: ${asked}`;
    case 'approval': {
      const { groups, count } = step.rule;
      const who =
        groups.length > 0 ? groups.map(personName).join(' or ') : 'others';
      return `${count === 1 ? 'One' : count} of ${who} ${
        count === 1 ? 'has' : 'have'
      } to agree: ${asked}`;
    }
    case 'verify': {
      const labels = step.metrics.map(metric => metric.label).join(', ');
      const minutes = Math.ceil(step.withinMs / MINUTE_MS);
      return `Reads for up to ${minutes} min until ${step.assert}${
        labels ? `, and shows ${labels} before and after` : ''
      }.`;
    }
    default:
      return '';
  }
}
