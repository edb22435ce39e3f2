import { InputError } from '@backstage/errors';
import type {
  PrometheusSliSource,
  SloObjective,
  ThresholdOperator,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { increaseOf, isPlain } from './increaseOf';
import { fillWindow, hasWindow, type PromRange } from './PromRange';
import { bracketed, call, figure } from './text';

/** Figures that are no counters are looked at once a minute, as ours are. */
const LOOK = '1m';

const COMPARE: Readonly<Record<ThresholdOperator, string>> = {
  lte: '<=',
  gte: '>=',
  lt: '<',
  gt: '>',
};

/** What is bad and what there is in all over a range, or the share of the one in the other. */
export type PromCounts =
  | { readonly bad: string; readonly total: string }
  | { readonly ratio: string };

/**
 * Counts of an objective over a range, each without labels; `counter` is how
 * counters are told.
 *
 * @throws InputError when Prometheus has nothing to count
 */
export function countsOf(
  objective: Pick<SloObjective, 'sli' | 'threshold'>,
  options: {
    readonly range: PromRange;
    readonly counter?: 'increase' | 'rate';
  },
): PromCounts {
  const { source } = objective.sli;
  const { range, counter = 'increase' } = options;
  if (source.type === 'lakehouse') {
    throw new InputError(
      `${source.indicator} is counted by Lakehouse Ops, and Prometheus does not hold what it is counted from`,
    );
  }
  return prometheusCounts(source.query);

  function countersOf(
    part: { good: string } | { bad: string },
    { total }: { total: string },
  ): PromCounts {
    const plain =
      isPlain('bad' in part ? part.bad : part.good) && isPlain(total);
    return share(part, total, query =>
      increaseOf(query, { range, by: counter, plain }),
    );
  }

  function prometheusCounts(query: PrometheusSliSource['query']): PromCounts {
    switch (query.kind) {
      case 'raw':
        return rawCounts(query, range);
      case 'threshold':
        return thresholdCounts(query.value, objective.threshold, range);
      case 'ratio':
      case 'bad-ratio': {
        const part =
          query.kind === 'ratio' ? { good: query.good } : { bad: query.bad };
        return query.counter
          ? countersOf(part, query)
          : share(part, query.total, text => told(text, range));
      }
      default:
        return query;
    }
  }
}

/** A figure of a range: told for it, or summed up over its minutes. */
function told(query: string, range: PromRange): string {
  return hasWindow(query)
    ? call('sum', bracketed(fillWindow(query, range)))
    : call('sum', call('sum_over_time', range.over(bracketed(query), LOOK)));
}

/** A part that is absent is not known, and so is the share then. */
function share(
  part: { good: string } | { bad: string },
  total: string,
  count: (query: string) => string,
): PromCounts {
  const all = count(total);
  return {
    bad:
      'bad' in part
        ? count(part.bad)
        : call('clamp_min', `${all}\n-\n${count(part.good)}`, '0'),
    total: all,
  };
}

function rawCounts(
  query: { readonly raw: string; readonly rawType: 'success' | 'failure' },
  range: PromRange,
): PromCounts {
  const { raw, rawType } = query;
  if (hasWindow(raw)) {
    const mean = call('avg', bracketed(fillWindow(raw, range)));
    return { ratio: rawType === 'failure' ? mean : `1 - ${mean}` };
  }
  // What is no share is not counted.
  const shares = bracketed(`${bracketed(raw)} >= 0 <= 1`);
  const bad = rawType === 'failure' ? shares : bracketed(`1 - ${shares}`);
  const over = (text: string) => range.over(text, LOOK);
  return {
    bad: call('sum', call('sum_over_time', over(bad))),
    total: call('sum', call('count_over_time', over(shares))),
  };
}

function thresholdCounts(
  value: string,
  threshold: SloObjective['threshold'],
  range: PromRange,
): PromCounts {
  const minute = bracketed(value.replaceAll('{{.window}}', LOOK));
  // NaN and the infinite are no values: times 0 they are not 0.
  const known = bracketed(`${minute} and ${minute} * 0 == 0`);
  const over = (text: string) => range.over(text, LOOK);
  const all = call('sum', call('count_over_time', over(known)));
  if (!threshold) return { bad: 'vector(0)', total: all };
  const { op, value: limit } = threshold;
  const good = bracketed(`${known} ${COMPARE[op]} bool ${figure(limit)}`);
  return {
    bad: `${all}\n-\n${call('sum', call('sum_over_time', over(good)))}`,
    total: all,
  };
}
