import type {
  BudgetingMethod,
  SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { countsOf } from './countsOf';
import { promDuration } from './promDuration';
import { rangeOf, type PromRange } from './PromRange';
import { bracketed, call, figure } from './text';

/** Shares that differ by less than this are equal, as in the arithmetic of slices. */
const EQUAL = 1e-9;

/** Counted in ranges of any length: what an objective misses. */
export interface RatioOptions {
  readonly method: BudgetingMethod;
  readonly objectives: ReadonlyArray<
    Pick<SloObjective, 'sli' | 'threshold' | 'slice'>
  >;
  readonly range: PromRange;
  readonly counter?: 'increase' | 'rate';
}

/**
 * PromQL of the share that was missed over a range: of events, or of time
 * slices. Of several objectives it is that of their slices together, in which
 * a slice is bad when it is bad for any. Empty where there was nothing to count.
 */
export function errorRatioOf(options: RatioOptions): string {
  const { method, objectives, range } = options;
  if (method === 'Occurrences') {
    return ratioOver(objectives[0], options, range);
  }
  const sliceMs = objectives[0].slice?.durationMs ?? 0;
  const missed = objectives.map(objective => {
    const ratio = bracketed(ratioOver(objective, options, rangeOf(sliceMs)));
    return method === 'Timeslices'
      ? `${ratio} > bool ${figure(1 - (objective.slice?.target ?? 1) + EQUAL)}`
      : call('clamp_min', ratio, '0');
  });
  const joint =
    missed.length === 1
      ? missed[0]
      : call(
          'max',
          missed
            .map((one, index) =>
              call(
                'label_replace',
                one,
                '"objective"',
                `"${index}"`,
                '""',
                '""',
              ),
            )
            .join('\nor\n'),
        );
  return call(
    'avg_over_time',
    // Steps of subqueries are whole multiples of their length in UTC, as slices are.
    range.over(bracketed(joint), promDuration(sliceMs)),
  );
}

function ratioOver(
  objective: RatioOptions['objectives'][number],
  { counter }: RatioOptions,
  range: PromRange,
): string {
  const counts = countsOf(objective, { range, counter });
  return 'ratio' in counts
    ? counts.ratio
    : `${bracketed(counts.bad)}\n/\n${bracketed(`${counts.total} > 0`)}`;
}
