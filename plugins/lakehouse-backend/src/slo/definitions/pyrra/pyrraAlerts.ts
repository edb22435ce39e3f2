import type { SloAlertPolicy } from '@lakehouse-ops/plugin-lakehouse-common';
import { NO_ALERTS } from '../imports/noAlerts';
import type { PyrraAlerting } from './pyrraSchema';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Pyrra's windows are those of 28 days, scaled to the length of the window and rounded to minutes. */
const BASE_MS = 28 * DAY_MS;

const TIERS = [
  {
    name: 'fast-burn',
    tier: 'fastBurn',
    severity: 'critical',
    factor: 14,
    longMs: HOUR_MS,
    shortMs: 5 * MINUTE_MS,
    forMs: 2 * MINUTE_MS,
  },
  {
    name: 'medium-burn',
    tier: 'mediumBurn',
    severity: 'critical',
    factor: 7,
    longMs: 6 * HOUR_MS,
    shortMs: 30 * MINUTE_MS,
    forMs: 15 * MINUTE_MS,
  },
  {
    name: 'slow-burn',
    tier: 'slowBurn',
    severity: 'warning',
    factor: 2,
    longMs: DAY_MS,
    shortMs: 2 * HOUR_MS,
    forMs: HOUR_MS,
  },
  {
    name: 'long-term-burn',
    tier: 'longTermBurn',
    severity: 'warning',
    factor: 1,
    longMs: 4 * DAY_MS,
    shortMs: 6 * HOUR_MS,
    forMs: 3 * HOUR_MS,
  },
] as const;

/** The alerts that Pyrra would make. */
export function pyrraAlerts(
  alerting: PyrraAlerting | undefined,
  windowMs: number,
): SloAlertPolicy[] {
  if (alerting?.disabled || alerting?.burnrates === false) return [NO_ALERTS];
  const scaled = (ms: number) =>
    Math.round((ms * windowMs) / BASE_MS / MINUTE_MS) * MINUTE_MS;
  const conditions = TIERS.map(tier => ({
    name: tier.name,
    severity: alerting?.severities?.[tier.tier] || tier.severity,
    op: 'gt' as const,
    factor: tier.factor,
    longMs: Math.max(MINUTE_MS, scaled(tier.longMs)),
    shortMs: Math.max(MINUTE_MS, scaled(tier.shortMs)),
    alertAfterMs: scaled(tier.forMs),
  }));
  return [
    {
      name: 'error-budget-burn',
      displayName: alerting?.name || 'ErrorBudgetBurn',
      whenBreaching: true,
      whenResolved: true,
      whenNoData: alerting?.absent ?? true,
      conditions,
      targets: ['owner', 'on-call'],
    },
  ];
}
