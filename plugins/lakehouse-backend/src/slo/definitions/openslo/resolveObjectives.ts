import type {
  SliThreshold,
  SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { quote } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';
import { durationMs } from './duration';
import type { ResolvedSli } from './resolveSli';
import type { ObjectiveSpec, SloSpec } from './sloSchemas';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OBJECTIVES_MAX = 20;

/** Has an indicator, in place or by name. */
type Holder = Pick<SloSpec, 'indicator' | 'indicatorRef'>;

/** The objectives of an SLO: parts of one promise, or promises of their own. */
export interface ResolvedObjectives {
  readonly composite: boolean;
  readonly objectives: readonly [SloObjective, ...SloObjective[]];
}

/** Reads the objectives of an SLO with their indicators; tells what keeps them from being used. */
export function resolveObjectives(options: {
  spec: SloSpec;
  /** Of the spec. */
  spot: Spot;
  windowMs: number | undefined;
  sliOf: (holder: Holder, at: Spot) => ResolvedSli | undefined;
}): ResolvedObjectives | undefined {
  const { spec, spot, windowMs, sliOf } = options;
  const composite = spec.objectives.some(hasIndicator);
  checkIndicators({ spec, spot, composite });
  if (spec.objectives.length > OBJECTIVES_MAX) {
    return spot
      .at('objectives')
      .error(
        `There are ${spec.objectives.length} objectives, more than the ${OBJECTIVES_MAX} that anybody can keep in mind. Write several SLOs.`,
      );
  }
  const shared =
    hasIndicator(spec) && !composite ? sliOf(spec, spot) : undefined;
  if (shared?.measure === 'value' && spec.objectives.length > 1) {
    spot
      .at('objectives', 1)
      .error(
        'A thresholdMetric takes one objective. Write another SLO for another threshold.',
      );
  }
  const objectives = spec.objectives.flatMap((objective, index) => {
    const at = spot.at('objectives', index);
    if (objective.compositeWeight !== undefined && !composite) {
      at.at('compositeWeight').warn(
        'A weight counts only where objectives have indicators of their own; here it does not. Remove it.',
      );
    }
    const resolved = sliWhere(composite, () => sliOf(objective, at), shared);
    const target = targetOf(objective, at);
    const slice = sliceOf({ objective, spec, windowMs, at });
    const threshold = resolved && thresholdOf(objective, resolved, at);
    if (!resolved || target === undefined || at.hasErrors) return [];
    return [
      {
        key: String(index),
        ...(objective.displayName && { displayName: objective.displayName }),
        sli: resolved.sli,
        target,
        ...(threshold && { threshold }),
        ...(slice && { slice }),
        weight: composite ? objective.compositeWeight ?? 1 : 1,
      } satisfies SloObjective,
    ];
  });
  checkSlices({ spec, spot, composite });
  const [first, ...rest] = objectives;
  if (!first || objectives.length < spec.objectives.length) return undefined;
  return { composite, objectives: [first, ...rest] };
}

function sliWhere(
  composite: boolean,
  own: () => ResolvedSli | undefined,
  shared: ResolvedSli | undefined,
): ResolvedSli | undefined {
  return composite ? own() : shared;
}

function hasIndicator(holder: Holder): boolean {
  return holder.indicator !== undefined || holder.indicatorRef !== undefined;
}

function checkIndicators(options: {
  spec: SloSpec;
  spot: Spot;
  composite: boolean;
}) {
  const { spec, spot, composite } = options;
  if (spec.indicator && spec.indicatorRef !== undefined) {
    spot
      .at('indicatorRef')
      .error(
        'Both indicator and indicatorRef are written; only one can count. Remove one.',
      );
  }
  if (!composite && !hasIndicator(spec)) {
    spot.error(
      'There is no indicator, so nothing is measured. Write indicator or indicatorRef here, or one in each objective for a composite SLO.',
    );
  }
  if (!composite) return;
  if (hasIndicator(spec)) {
    spot
      .at(spec.indicator ? 'indicator' : 'indicatorRef')
      .error(
        'There is an indicator here and in the objectives, so it is not clear which counts. Keep it here for one indicator, or in each objective for a composite SLO.',
      );
  }
  spec.objectives.forEach((objective, index) => {
    if (hasIndicator(objective)) return;
    spot
      .at('objectives', index)
      .error(
        'This objective has no indicator, but others of this composite SLO have. Write indicator or indicatorRef in each.',
      );
  });
}

function targetOf(
  { target, targetPercent }: ObjectiveSpec,
  at: Spot,
): number | undefined {
  const percent = targetPercent !== undefined;
  const spot = at.at(percent ? 'targetPercent' : 'target');
  const written = targetPercent ?? target;
  if (written === undefined) return undefined;
  // Not by division: 99.95 % is 0.9995 and not 0.9995000000000001.
  const share = percent ? Number((written / 100).toPrecision(12)) : written;
  if (share === 1) {
    return spot.error(
      'A target of 100 % leaves no budget: the first failure breaks the promise for the whole window, and burn rates would be infinite. Write what is still good enough, such as 99.9 %.',
    );
  }
  if (share === 0) {
    return spot.error(
      'A target of 0 % promises nothing: it is met when everything fails. Write a share above 0.',
    );
  }
  if (share < 0 || share > 1) {
    const meant = percent ? undefined : meantShare(written);
    return spot.error(
      `${quote(written)} is outside of what a target can be. Write ${
        percent
          ? 'a percentage above 0 and below 100'
          : `a share above 0 and below 1${
              meant === undefined ? '' : ` (${meant})`
            }, or targetPercent${meant === undefined ? '' : `: ${written}`}`
      }.`,
    );
  }
  if (percent && written < 1) {
    spot.warn(
      `The target is ${written} %, so nearly everything may fail. targetPercent goes to 100; write ${
        written * 100
      } if that is meant.`,
    );
  }
  return share;
}

function meantShare(written: number): number | undefined {
  return written > 1 && written < 100
    ? Number((written / 100).toPrecision(12))
    : undefined;
}

function thresholdOf(
  { op, value }: ObjectiveSpec,
  { measure, unit, lowIsGood, sli }: ResolvedSli,
  at: Spot,
): SliThreshold | undefined {
  if (measure === 'ratio') {
    for (const [field, written] of Object.entries({ op, value })) {
      if (written === undefined) continue;
      at.at(field).warn(
        `${field} has no meaning with a ratioMetric, which tells good and bad by itself; it does not count. Remove it.`,
      );
    }
    return undefined;
  }
  if (op === undefined) {
    at.error(
      'op is missing, so nobody knows on which side of the value it is good. Write op: lte for values that should be small, op: gte for those that should be large.',
    );
  }
  if (value === undefined) {
    at.error(
      'value is missing, so there is nothing to compare with. Write value: with the largest or smallest value that is still good.',
    );
  }
  if (op === undefined || value === undefined || unit === undefined) {
    return undefined;
  }
  const wantsLow = op === 'lte' || op === 'lt';
  if (lowIsGood !== undefined && lowIsGood !== wantsLow) {
    at.at('op').warn(
      `With ${op} it is good when ${sli.name} is ${
        wantsLow ? 'small' : 'large'
      }, and usually that is bad. Write ${
        wantsLow ? 'gte' : 'lte'
      } unless it is meant so.`,
    );
  }
  const most = { percent: 100, ratio: 1 }[
    unit === 'percent' ? 'percent' : 'ratio'
  ];
  const share = unit === 'percent' || unit === 'ratio';
  if (lowIsGood !== undefined && (value < 0 || (share && value > most))) {
    at.at('value').error(
      `${value} is outside of what ${
        sli.name
      } can be in ${unit}. Write a value from 0${share ? ` to ${most}` : ''}.`,
    );
  }
  return { op, value, unit };
}

function sliceOf(options: {
  objective: ObjectiveSpec;
  spec: SloSpec;
  windowMs: number | undefined;
  at: Spot;
}): SloObjective['slice'] {
  const { objective, spec, windowMs, at } = options;
  const { timeSliceTarget: target, timeSliceWindow } = objective;
  const { budgetingMethod: method } = spec;
  if (target !== undefined && method !== 'Timeslices') {
    at.at('timeSliceTarget').warn(
      `timeSliceTarget counts with Timeslices only; with ${method} it does not. Remove it.`,
    );
  }
  if (method === 'Occurrences') {
    if (timeSliceWindow) {
      at.at('timeSliceWindow').warn(
        'timeSliceWindow does not count with Occurrences. Remove it, or write budgetingMethod: Timeslices.',
      );
    }
    return undefined;
  }
  if (method === 'Timeslices' && target === undefined) {
    at.error(
      'timeSliceTarget is missing, so nobody knows when a slice is good. Write the share of good that makes one good, such as 0.95.',
    );
  }
  if (!timeSliceWindow) {
    return at.error(
      `timeSliceWindow is missing, and ${method} counts in slices. Write how long one is, such as 5m.`,
    );
  }
  const sliceMs = durationMs(timeSliceWindow);
  if (
    !(fills(HOUR_MS, sliceMs) || (sliceMs >= HOUR_MS && fills(DAY_MS, sliceMs)))
  ) {
    at.at('timeSliceWindow').error(
      `Slices of ${timeSliceWindow.text} don't fill hours or days without a rest, so some would be shorter than others. Write a part of an hour (1m, 5m, 10m, 15m, 30m …) or of a day (1h, 2h, 3h, 6h, 12h, 1d …).`,
    );
  } else if (windowMs !== undefined && sliceMs > windowMs) {
    at.at('timeSliceWindow').error(
      `A slice of ${timeSliceWindow.text} is longer than the time window. Write a shorter one.`,
    );
  }
  return {
    durationMs: sliceMs,
    ...(method === 'Timeslices' && target !== undefined && { target }),
  };
}

function fills(wholeMs: number, partMs: number): boolean {
  return partMs % MINUTE_MS === 0 && wholeMs % partMs === 0;
}

/** Slices of a composite are judged together, so they must be of one length. */
function checkSlices(options: {
  spec: SloSpec;
  spot: Spot;
  composite: boolean;
}) {
  const { spec, spot, composite } = options;
  if (!composite || spec.budgetingMethod === 'Occurrences') return;
  const lengths = spec.objectives.map(({ timeSliceWindow }) =>
    timeSliceWindow ? durationMs(timeSliceWindow) : undefined,
  );
  lengths.forEach((length, index) => {
    if (length === undefined || lengths[0] === undefined) return;
    if (length === lengths[0]) return;
    spot
      .at('objectives', index, 'timeSliceWindow')
      .error(
        `The slices of this objective are ${
          length / MINUTE_MS
        } minutes long, those of the first are ${
          lengths[0] / MINUTE_MS
        }. A composite SLO judges the slices of all objectives together, which needs one length: write the same timeSliceWindow in each.`,
      );
  });
}
