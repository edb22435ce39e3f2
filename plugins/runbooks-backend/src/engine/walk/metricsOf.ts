import type { JsonValue } from '@backstage/types';
import type {
  VerificationMetric,
  VerifyStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { evaluateExpression } from '@lakehouse-ops/plugin-runbooks-node';
import { toError } from '@backstage/errors';
import type { Walk } from './Walk';
import { scopeOf } from './WalkScope';

/** As they stand after a figure; labels say what is counted. */
const UNITS: Record<VerificationMetric['unit'], string> = {
  bytes: 'bytes',
  count: '',
  files: '',
  ms: 'ms',
  percent: '%',
  text: '',
};

/** The figures that a verify step shows. What could not be read has none. */
export function metricsOf(
  walk: Walk,
  step: VerifyStep,
  read: { readonly before: JsonValue; readonly after: JsonValue },
): VerificationMetric[] {
  return step.metrics.map(metric => ({
    label: metric.label,
    unit: metric.unit,
    better: metric.better,
    before: figure(walk, metric.value, read.before),
    after: figure(walk, metric.value, read.after),
  }));
}

/** "Hit ratio 41 → 97 %"; undefined when no figure was read. */
export function summaryOf(
  metrics: readonly VerificationMetric[],
): string | undefined {
  const told = metrics
    .filter(metric => metric.after !== undefined)
    .map(({ label, before, after, unit }) =>
      [
        label,
        [before, after]
          .filter(value => value !== undefined)
          .map(rounded)
          .join(' → '),
        // Words, such as that nothing was read, have none.
        typeof after === 'number' ? UNITS[unit] : '',
      ]
        .filter(Boolean)
        .join(' '),
    );
  return told.length > 0 ? `${told.join(', ')}.` : undefined;
}

function figure(
  walk: Walk,
  expression: string,
  output: JsonValue,
): string | number | undefined {
  if (output === null) return undefined;
  try {
    const value = evaluateExpression(expression, scopeOf(walk, { output }));
    if (typeof value === 'number' || typeof value === 'string') return value;
  } catch (error) {
    walk.session.log.info(toError(error).message);
  }
  return undefined;
}

function rounded(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  return String(Number(value.toPrecision(6)));
}
