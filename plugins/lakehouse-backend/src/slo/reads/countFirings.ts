import { setImmediate as breathe } from 'node:timers/promises';
import {
  evaluateBurnRateAlert,
  type MsSpan,
  type SloDefinition,
  type SloMinute,
  type SloWhatIf,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf } from '../alerts/conditionsOf';
import type { SliBucket, SloRollups } from '../rollups/SloRollups';
import { burningSpan } from './burningSpan';
import { MINUTES_KEPT_MS } from './chooseGrid';
import type { ObjectivePart } from './objectiveParts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOUR_MINUTES = 60;
/** Minutes that alerts are tried over, over all objectives. */
const MINUTES_MAX = 120_000;

/**
 * How often each alert would have fired with a target, tried minute by minute.
 * Where only hours are kept they are taken as even: what was worse within an
 * hour is not seen there.
 */
export async function countFirings(options: {
  rollups: Pick<SloRollups, 'buckets'>;
  definition: SloDefinition;
  parts: readonly ObjectivePart[];
  range: MsSpan;
  target: { key: string; value: number };
  nowMs: number;
}): Promise<Pick<SloWhatIf, 'alerts' | 'note'>> {
  const { rollups, definition, parts, range, target, nowMs } = options;
  const conditions = conditionsOf(definition);
  const series = [
    ...new Map(parts.map(part => [part.series.id, part.series])).values(),
  ];
  const longestMs = Math.max(
    ...conditions.map(({ condition }) => condition.longMs),
  );
  const triedMs =
    Math.floor(MINUTES_MAX / Math.max(1, series.length)) * MINUTE_MS;
  const tried = {
    fromMs: Math.max(range.fromMs, range.toMs - triedMs + longestMs),
    toMs: range.toMs,
  };
  const fromMs = tried.fromMs - longestMs;
  const minutesFromMs =
    Math.ceil(Math.max(fromMs, nowMs - MINUTES_KEPT_MS) / HOUR_MS) * HOUR_MS;
  const [hours, minutes] = await Promise.all([
    fromMs < minutesFromMs
      ? rollups.buckets(series, { fromMs, toMs: minutesFromMs, width: 'hour' })
      : new Map<string, SliBucket[]>(),
    rollups.buckets(series, {
      fromMs: minutesFromMs,
      toMs: tried.toMs,
      width: 'minute',
    }),
  ]);
  const objectives = definition.objectives.map(objective => ({
    target: objective.key === target.key ? target.value : objective.target,
    slice: objective.slice,
    weight: objective.weight,
    minutes: parts
      .filter(({ key }) => key === objective.key)
      .flatMap(({ series: { id }, ...part }) =>
        [
          ...(hours.get(id) ?? []).flatMap(evenMinutes),
          ...(minutes.get(id) ?? []).map(minuteOf),
        ].filter(
          ({ startMs }) => startMs >= part.fromMs && startMs < part.toMs,
        ),
      ),
  }));
  const excluded = parts.find(({ toMs }) => toMs === Infinity)?.excluded ?? [];
  const alerts: Array<SloWhatIf['alerts'][number]> = [];
  for (const { key, condition } of conditions) {
    // Each takes a while: others get a turn between them.
    await breathe();
    const burning =
      definition.method === 'Occurrences' && objectives.length === 1
        ? burningSpan({ condition, ...objectives[0], excluded, range: tried })
        : tried;
    const fired = burning
      ? evaluateBurnRateAlert({
          method: definition.method,
          condition,
          objectives,
          range: burning,
          excluded,
        }).length
      : 0;
    alerts.push({ condition: key, fired });
  }
  return { alerts, note: noteOf({ tried, range, minutesFromMs }) };
}

function minuteOf({
  startMs,
  good,
  total,
  observedMinutes,
}: SliBucket): SloMinute {
  return { startMs, good, total, observed: observedMinutes > 0 || total > 0 };
}

function evenMinutes(hour: SliBucket): SloMinute[] {
  const { startMs, good, total, observedMinutes } = hour;
  const seen = Math.max(total > 0 ? 1 : 0, observedMinutes);
  return Array.from({ length: HOUR_MINUTES }, (_, index) => ({
    startMs: startMs + index * MINUTE_MS,
    good: good / HOUR_MINUTES,
    total: total / HOUR_MINUTES,
    observed: seen > 0,
  }));
}

function noteOf(options: {
  tried: MsSpan;
  range: MsSpan;
  minutesFromMs: number;
}): string | undefined {
  const { tried, range, minutesFromMs } = options;
  const days = (fromMs: number) =>
    Math.round((range.toMs - fromMs) / (24 * HOUR_MS));
  return (
    [
      tried.fromMs > range.fromMs &&
        `Alerts were tried over the newest ${days(tried.fromMs)} days.`,
      tried.fromMs < minutesFromMs &&
        `Minutes are kept for ${days(
          minutesFromMs,
        )} days: before that, alerts were tried by the hour, and short bursts may be missed.`,
    ]
      .filter(Boolean)
      .join(' ') || undefined
  );
}
