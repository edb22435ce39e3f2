import type { BudgetForecast, SloDataState, SloStatus } from '../views';

/** Below this share of budget left an SLO is at risk. @public */
export const AT_RISK_BELOW = 0.25;

/**
 * Level of an SLO: breached when no budget is left; at risk when an alert fires,
 * when the forecast says that it is empty before the window's end, or when less
 * than a quarter is left; unknown without data, or when it is stale and nothing
 * worse is known; else healthy.
 *
 * @public
 */
export function sloStatus(options: {
  readonly data: SloDataState;
  /** Share of the budget that is left. */
  readonly remaining?: number;
  /** An alert fires, or fired when it froze. */
  readonly firing?: boolean;
  readonly forecast?: Pick<BudgetForecast, 'exhaustedAt'>;
}): SloStatus {
  const { data, remaining, firing, forecast } = options;
  if (remaining !== undefined && remaining <= 0) {
    return 'breached';
  }
  if (
    firing ||
    (remaining !== undefined &&
      (remaining < AT_RISK_BELOW || forecast?.exhaustedAt !== undefined))
  ) {
    return 'at-risk';
  }
  return remaining === undefined || data === 'no-data' || data === 'stale'
    ? 'unknown'
    : 'healthy';
}
