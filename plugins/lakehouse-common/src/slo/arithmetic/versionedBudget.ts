import { InputError } from '@backstage/errors';
import type { ErrorBudget } from '../views';
import type { AttainOptions, SloAttainment } from './attain';
import { errorShare } from './errorShare';
import { isCount, type SloSums } from './SloSums';

/** Below this share a budget is empty: less is rounding. */
const EMPTY = 1e-12;

/** What was counted while one version of a definition stood. @public */
export type VersionSpan = AttainOptions;

/**
 * Attainment and error budget when the definition changed inside the window:
 * each time is judged by the version that stood then.
 *
 * spent = Σ spentᵢ, allowed = Σ allowedᵢ, remaining = 1 − spent/allowed, and
 * attainment = 1 − Σ missedᵢ / Σ countedᵢ, each by the formulas of `attain`.
 * Slices of different length weigh by their time. Budgets of events and of
 * time can't be added: when the budgeting method changed between the two, only
 * the spans since then count, and a problem says so.
 *
 * @param options - spans, oldest first
 * @throws InputError as `attain`.
 * @public
 */
export function versionedBudget(options: {
  readonly spans: readonly VersionSpan[];
}): SloAttainment {
  const problems: string[] = [];
  const unit = unitOf(options.spans[options.spans.length - 1]);
  const first = options.spans.reduce(
    (from, span, index) => (unitOf(span) === unit ? from : index + 1),
    0,
  );
  if (first > 0) {
    problems.push(
      'the budgeting method changed inside the window: what was counted before can not be added and is left out',
    );
  }

  let counted = 0;
  let missed = 0;
  let countedAllowed = 0;
  let allowed = 0;
  for (const span of options.spans.slice(first)) {
    const part = countSpan(span);
    problems.push(...part.problems);
    counted += part.counted;
    missed += part.missed;
    countedAllowed += part.share * part.counted;
    allowed += part.share * part.whole;
  }
  if (!unit || counted <= 0) {
    return { problems };
  }
  return {
    attainment: 1 - missed / counted,
    budget: errorBudget({ unit, allowed, spent: missed }),
    burnRate: missed / countedAllowed,
    problems,
  };
}

/** A budget with what is left of it: 1 − spent/allowed. */
export function errorBudget(
  budget: Omit<ErrorBudget, 'remaining'>,
): ErrorBudget {
  const left = 1 - budget.spent / budget.allowed;
  return { ...budget, remaining: Math.abs(left) < EMPTY ? 0 : left };
}

function unitOf(
  span: VersionSpan | undefined,
): ErrorBudget['unit'] | undefined {
  if (!span) {
    return undefined;
  }
  return span.method === 'Occurrences' ? 'events' : 'ms';
}

interface CountedSpan {
  readonly share: number;
  /** Of the window: what the budget is a share of. */
  readonly whole: number;
  readonly counted: number;
  readonly missed: number;
  readonly problems: readonly string[];
}

function countSpan(span: VersionSpan): CountedSpan {
  const share = errorShare(span.target);
  const { good, total, unitMs, what } = countedOf(span);
  const windowSlices =
    span.method === 'Occurrences' ? undefined : span.windowSlices;
  if (windowSlices !== undefined && !isCount(windowSlices)) {
    throw new InputError(
      `A window of ${windowSlices} slices can't be counted with; give how many the calendar window has`,
    );
  }
  const whole = Math.max(total, windowSlices ?? 0);
  if (!isCount(good) || !isCount(total)) {
    return {
      share,
      whole: (windowSlices ?? 0) * unitMs,
      counted: 0,
      missed: 0,
      problems: [
        `${what}: ${good} good of ${total} is no count and is left out`,
      ],
    };
  }
  const counts = { share, whole: whole * unitMs, counted: total * unitMs };
  if (good > total) {
    return {
      ...counts,
      missed: 0,
      // Sums of ratios may be off by rounding; more than that is the source's doing.
      problems:
        good > total * (1 + 1e-9)
          ? [`${what}: ${good} good of ${total} counts as all good`]
          : [],
    };
  }
  return { ...counts, missed: (total - good) * unitMs, problems: [] };
}

function countedOf(span: VersionSpan): {
  good: number;
  total: number;
  unitMs: number;
  what: string;
} {
  if (span.method === 'Occurrences') {
    return { ...pick(span.sums), unitMs: 1, what: 'events' };
  }
  const { sliceMs, sums } = span;
  if (sliceMs === undefined || !Number.isFinite(sliceMs) || sliceMs <= 0) {
    throw new InputError(
      `${span.method} needs the length of its slices (sliceMs), and ${sliceMs} is none`,
    );
  }
  const slices = sums.slices ?? { good: 0, total: 0, ratioSum: 0 };
  return {
    good: span.method === 'Timeslices' ? slices.good : slices.ratioSum,
    total: slices.total,
    unitMs: sliceMs,
    what: 'slices',
  };
}

function pick({ good, total }: SloSums): { good: number; total: number } {
  return { good, total };
}
