import { InputError } from '@backstage/errors';
import { prometheusErrors } from '../errors';
import type { MetricRange } from '../PrometheusConnection';
import type { PrometheusConnectionConfig } from '../PrometheusConnectionConfig';

/** Finer steps show nothing: nobody scrapes more often. */
const SMALLEST_STEP_MS = 1000;

/**
 * What a range query is asked with.
 *
 * @throws InputError when the range is none; ConnectionLimitError when it has too many points
 */
export function rangeParameters(
  config: PrometheusConnectionConfig,
  range: MetricRange,
): { start: string; end: string; step: string } {
  const fromMs = timeOf(range.from, 'from');
  const toMs = timeOf(range.to, 'to');
  if (toMs < fromMs) {
    throw new InputError(
      `to (${range.to}) is before from (${range.from}). Turn them round.`,
    );
  }
  const widthMs = toMs - fromMs;
  const stepMs = range.stepMs ?? fittingStep(widthMs, config.maxPoints);
  if (!(stepMs > 0) || !Number.isFinite(stepMs)) {
    throw new InputError(`stepMs is ${stepMs}. Write a number above 0.`);
  }
  const points = Math.floor(widthMs / stepMs) + 1;
  if (points > config.maxPoints) {
    throw prometheusErrors.limit({
      what: `A query over ${widthMs / 1000} s in steps of ${stepMs / 1000} s`,
      limit: config.maxPoints,
      unit: 'points',
      remedy: `Ask for a shorter time or a longer step, or raise lakehouse.prometheus.connections[].maxPoints of '${config.id}'.`,
    });
  }
  return {
    start: String(fromMs / 1000),
    end: String(toMs / 1000),
    step: String(stepMs / 1000),
  };
}

/** The smallest step, in whole seconds, that keeps the bound. */
function fittingStep(widthMs: number, maxPoints: number): number {
  const stepMs = widthMs / (maxPoints - 1);
  return Math.max(SMALLEST_STEP_MS, Math.ceil(stepMs / 1000) * 1000);
}

function timeOf(text: string, field: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) {
    throw new InputError(
      `${field} is '${text.slice(0, 60)}'. Write a time such as ${new Date(
        0,
      ).toISOString()}.`,
    );
  }
  return ms;
}
