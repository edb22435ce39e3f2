import { InputError } from '@backstage/errors';
import {
  burnRateCeiling,
  type SloDefinition,
  type SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ExportedSlo } from '../ExportedSlo';
import { errorRatioOf } from '../promql/errorRatioOf';
import { promDuration } from '../promql/promDuration';
import { rangeOf } from '../promql/PromRange';
import { bracketed, call, figure, literal } from '../promql/text';

/** A recording rule. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Rules that record what was missed, and how the budget is read from them. */
export interface BurnRateRules {
  /** Records the share that was missed over a lookback. */
  record(lookbackMs: number): RecordingRule[];
  /** PromQL of the burn rate over a lookback that is recorded. */
  burnRate(lookbackMs: number): string;
}

/** Labels that all series of an SLO have. */
export function sloLabels({ id, definition }: ExportedSlo) {
  return { slo: id, service: definition.service };
}

/**
 * How an SLO is counted by rules.
 *
 * @throws InputError when it can't be counted so
 */
export function burnRateRules(slo: ExportedSlo): BurnRateRules {
  const { id, definition } = slo;
  const { method, objectives } = definition;
  const labels = sloLabels(slo);
  const joint = method === 'Timeslices' || objectives.length === 1;
  const target = sharedTarget(definition);
  const parts: ReadonlyArray<{
    readonly of: readonly SloObjective[];
    readonly labels: Readonly<Record<string, string>>;
  }> = joint
    ? [{ of: objectives, labels }]
    : objectives.map(objective => ({
        of: [objective],
        labels: { ...labels, objective: objective.key },
      }));
  const recorded = (lookbackMs: number, extra: object = {}) =>
    `${metricOf(lookbackMs)}{${Object.entries({ slo: id, ...extra })
      .map(([label, value]) => `${label}=${literal(value)}`)
      .join(',')}}`;

  return {
    record: lookbackMs =>
      parts.map(part => ({
        record: metricOf(lookbackMs),
        expr: errorRatioOf({
          method,
          objectives: part.of,
          range: rangeOf(wholeSlices(lookbackMs, part.of)),
        }),
        labels: part.labels,
      })),
    burnRate: lookbackMs => {
      if (joint) {
        return `${recorded(lookbackMs)} / ${share(target)}`;
      }
      const weighed = objectives
        .map(({ key: objective, weight, target: own }) =>
          [
            recorded(lookbackMs, { objective }),
            ` * ${figure(weight)}`,
            method === 'Occurrences' ? ` / ${share(own)}` : '',
          ].join(''),
        )
        .join('\nor\n');
      const all = `sum by (slo, service) ${bracketed(weighed)}`;
      return method === 'Occurrences'
        ? all
        : `${call('clamp_max', all, '1')} / ${share(target)}`;
    },
  };
}

/** Share that may fail. */
function share(target: number): string {
  return figure(1 / burnRateCeiling(target));
}

function metricOf(lookbackMs: number): string {
  return `slo:error_ratio:${promDuration(lookbackMs)}`;
}

/** Lookbacks hold whole slices, at least one. */
function wholeSlices(ms: number, objectives: readonly SloObjective[]): number {
  const sliceMs = objectives[0].slice?.durationMs;
  return sliceMs ? Math.ceil(ms / sliceMs) * sliceMs : ms;
}

/** The budget of slices of several objectives is that of the worst one, which rules can't tell at each moment. */
function sharedTarget({ method, objectives }: SloDefinition): number {
  const [{ target, slice }] = objectives;
  if (method === 'Occurrences') return target;
  if (
    objectives.some(
      other =>
        other.target !== target ||
        other.slice?.durationMs !== slice?.durationMs,
    )
  ) {
    throw new InputError(
      `This SLO can't be told by Prometheus rules: with ${method} the budget of several objectives is that of the worst one at each moment, and theirs have different targets or slices. Give all objectives the same target and timeSliceWindow, or export each as an SLO of its own`,
    );
  }
  return target;
}
