import { setImmediate as breathe } from 'node:timers/promises';
import {
  evaluateBurnRateAlert,
  type MsSpan,
  type SloDefinition,
  type SloWhatIf,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloRollups } from '../rollups/SloRollups';
import { burningSpan } from './burningSpan';
import { conditionsOf } from './conditionsOf';
import type { ObjectivePart } from './objectiveParts';

const MINUTE_MS = 60_000;
/** Minutes that are read, over all objectives. */
const MINUTES_MAX = 45_000;

/** How often each alert would have fired with a target, minute by minute over as many of the newest minutes as are read. */
export async function countFirings(options: {
  rollups: Pick<SloRollups, 'buckets'>;
  definition: SloDefinition;
  parts: readonly ObjectivePart[];
  range: MsSpan;
  target: { key: string; value: number };
}): Promise<Pick<SloWhatIf, 'alerts' | 'note'>> {
  const { rollups, definition, parts, range, target } = options;
  const conditions = conditionsOf(definition);
  const series = [
    ...new Map(parts.map(part => [part.series.id, part.series])).values(),
  ];
  const readMs =
    Math.floor(MINUTES_MAX / Math.max(1, series.length)) * MINUTE_MS;
  const longestMs = Math.max(...conditions.map(({ longMs }) => longMs));
  const tried = {
    fromMs: Math.max(range.fromMs, range.toMs - readMs + longestMs),
    toMs: range.toMs,
  };
  if (tried.fromMs >= tried.toMs) {
    return {
      alerts: [],
      note: 'How often alerts would have fired is not told: their lookbacks are too long to try them minute by minute.',
    };
  }
  const minutes = await rollups.buckets(series, {
    fromMs: tried.fromMs - longestMs,
    toMs: tried.toMs,
    width: 'minute',
  });
  const objectives = definition.objectives.map(objective => {
    const own = parts.filter(({ key }) => key === objective.key);
    return {
      target: objective.key === target.key ? target.value : objective.target,
      slice: objective.slice,
      weight: objective.weight,
      minutes: own.flatMap(part => {
        const from = Math.max(part.fromMs, tried.fromMs - longestMs);
        const to = Math.min(part.toMs, tried.toMs);
        return (minutes.get(part.series.id) ?? [])
          .filter(({ startMs }) => startMs >= from && startMs < to)
          .map(({ startMs, good, total, observedMinutes }) => ({
            startMs,
            good,
            total,
            observed: observedMinutes > 0 || total > 0,
          }));
      }),
    };
  });
  const excluded = parts.find(({ toMs }) => toMs === Infinity)?.excluded ?? [];
  const alerts: Array<SloWhatIf['alerts'][number]> = [];
  for (const condition of conditions) {
    // Each takes a while: others get a turn between them.
    await breathe();
    const burning =
      definition.method === 'Occurrences' && objectives.length === 1
        ? burningSpan({
            condition,
            ...objectives[0],
            excluded,
            range: tried,
          })
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
    alerts.push({ condition: condition.name, fired });
  }
  const days = (tried.toMs - tried.fromMs) / (1_440 * MINUTE_MS);
  return {
    alerts,
    note:
      tried.fromMs > range.fromMs
        ? `Alerts were tried minute by minute over the newest ${Math.floor(
            days,
          )} days; all other figures are of the whole window.`
        : undefined,
  };
}
