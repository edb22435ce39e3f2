import type { LakehouseAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import { nextRun, type NextRun } from '../schedules/nextRun';

/** Adds to alerts that are active when they are due next as of now, for Superset does not tell. */
export function withNextRuns(
  alerts: readonly LakehouseAlert[],
  now: Date = new Date(),
): LakehouseAlert[] {
  // Many alerts share a few schedules.
  const known = new Map<string, NextRun>();
  return alerts.map(alert => {
    const { active, crontab, timezone } = alert;
    if (!active) return alert;
    const schedule = JSON.stringify([crontab, timezone]);
    const next = known.get(schedule) ?? nextRun({ crontab, timezone, now });
    known.set(schedule, next);
    return { ...alert, nextRunAt: next.at, nextRunUnknown: next.reason };
  });
}
