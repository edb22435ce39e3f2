import {
  attainmentText,
  ErrorBudget,
  SliThreshold,
  SloWindow,
  ThresholdOperator,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumberOf,
  formatShare,
  NOT_OBSERVED,
} from '../components/format';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `99.5 %`: a target with all of its decimals. */
export function formatTarget(target: number): string {
  return `${percentOf(target)} %`;
}

/**
 * `99.685 %`: what was attained, with more decimals than its target and never
 * rounded up, so that a missed target never reads as met.
 */
export function formatAttainment(
  attainment: number | undefined,
  target: number,
): string {
  if (attainment === undefined) return NOT_OBSERVED;
  return attainmentText(attainment, target);
}

/** `37 % left`, `Overdrawn by 18 %`. */
export function formatRemaining(remaining: number | undefined): string {
  if (remaining === undefined) return NOT_OBSERVED;
  if (remaining < 0) return `Overdrawn by ${formatShare(-remaining)}`;
  return remaining === 0 ? 'Nothing left' : `${formatShare(remaining)} left`;
}

/** `37 % left (1 h 20 m of 3 h 36 m)`, `37 % left (312 of 840 events)`, `Overdrawn by 18 % (4 h 15 m spent of 3 h 36 m)`. */
export function formatBudget(budget: ErrorBudget | undefined): string {
  if (!budget) return `${NOT_OBSERVED} (nothing was counted)`;
  const { allowed, spent, remaining, unit } = budget;
  const amount = unit === 'ms' ? formatDuration : formatEvents;
  const suffix = unit === 'ms' ? '' : ' events';
  return remaining < 0
    ? `${formatRemaining(remaining)} (${amount(spent)} spent of ${amount(
        allowed,
      )}${suffix})`
    : `${formatRemaining(remaining)} (${amount(
        Math.max(0, allowed - spent),
      )} of ${amount(allowed)}${suffix})`;
}

/** Events of a budget, which may be parts of one. */
export function formatEvents(events: number): string {
  return events < 10 && !Number.isInteger(events)
    ? String(Math.round(events * 10) / 10)
    : formatCount(Math.floor(events));
}

/** `9.2×`, `14.4×`; a pace above zero never reads as zero. */
export function formatBurn(rate: number | undefined): string {
  if (rate === undefined) return NOT_OBSERVED;
  if (rate > 0 && rate < 0.05) return '<0.1×';
  return rate >= 100 ? `${formatCount(rate)}×` : `${trim(rate.toFixed(1))}×`;
}

/** `5 m`, `1 h`, `1 h 24 m`, `3 d`: how long a lookback is. */
export function formatLookback(durationMs: number): string {
  if (durationMs % DAY_MS === 0) return `${durationMs / DAY_MS} d`;
  if (durationMs % HOUR_MS === 0) return `${durationMs / HOUR_MS} h`;
  return durationMs < HOUR_MS
    ? `${trim((durationMs / MINUTE_MS).toFixed(1))} m`
    : formatDuration(durationMs);
}

/** `30 days`, `calendar month (Europe/Berlin)`. */
export function formatWindow(window: SloWindow): string {
  if (window.kind === 'calendar') {
    const length =
      window.count === 1
        ? `calendar ${window.unit}`
        : `${window.count} calendar ${window.unit}s`;
    return `${length} (${window.timeZone})`;
  }
  const { durationMs } = window;
  if (durationMs % DAY_MS === 0) {
    return formatNumberOf(durationMs / DAY_MS, 'day');
  }
  return durationMs % HOUR_MS === 0
    ? formatNumberOf(durationMs / HOUR_MS, 'hour')
    : formatDuration(durationMs);
}

const OPERATORS: Record<ThresholdOperator, string> = {
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
};

/** `≤ 500 ms`, `≥ 20 %`: what makes a value good. */
export function formatThreshold(threshold: SliThreshold): string {
  return `${OPERATORS[threshold.op]} ${formatInUnit(
    threshold.value,
    threshold.unit,
  )}`;
}

/** A value in the unit of a threshold. */
export function formatInUnit(value: number, unit: string): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'percent':
      return `${trim(value.toFixed(2))} %`;
    case 'ratio':
    case 'count':
      return String(value);
    default:
      return `${value} ${unit}`;
  }
}

function percentOf(share: number): number {
  // A share such as 0.999 has no exact double; its percentage is meant as written.
  return Number((share * 100).toPrecision(12));
}

function trim(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
