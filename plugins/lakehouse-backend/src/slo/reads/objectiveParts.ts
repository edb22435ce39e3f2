import {
  cutSpans,
  type BudgetingMethod,
  type MsSpan,
  type SloDefinition,
  type SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { seriesOf } from '../rollups/seriesOf';
import type { SloSeries } from '../rollups/SloRollups';
import { excludedSpans, type SloStory } from './SloStory';

const MINUTE_MS = 60_000;

/** An objective as one version of its definition had it. */
export interface ObjectivePart {
  /** Of the objective; stays when it changes. */
  readonly key: string;
  readonly objective: SloObjective;
  readonly method: BudgetingMethod;
  readonly series: SloSeries;
  /** When it stood; the oldest from ever, the newest for ever. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Times in it that don't count. */
  readonly excluded: readonly MsSpan[];
}

/**
 * What each objective of the newest definition was judged by over time, oldest
 * first. Versions that neither count nor judge it otherwise are one part.
 */
export function objectiveParts(story: SloStory): ObjectivePart[] {
  const { slo, versions } = story;
  const stood: Array<{ definition: SloDefinition; fromMs: number }> = versions
    .map(({ definition, from }) => ({ definition, fromMs: minuteOf(from) }))
    .sort((a, b) => a.fromMs - b.fromMs);
  if (!stood.length) {
    stood.push({ definition: slo.definition, fromMs: minuteOf(slo.since) });
  }
  return slo.definition.objectives.flatMap(({ key }) => {
    const parts: ObjectivePart[] = [];
    for (const { definition, fromMs } of stood) {
      const objective = definition.objectives.find(one => one.key === key);
      const last = parts.at(-1);
      if (!objective) continue;
      const part: ObjectivePart = {
        key,
        objective,
        method: definition.method,
        series: seriesOf(definition, objective),
        fromMs: parts.length ? fromMs : -Infinity,
        toMs: Infinity,
        excluded: excludedSpans(story, key),
      };
      if (last && isSame(last, part)) continue;
      if (last) parts[parts.length - 1] = { ...last, toMs: fromMs };
      parts.push(part);
    }
    return parts;
  });
}

/** What of a time counts for a part. */
export function countedSpans(part: ObjectivePart, range: MsSpan): MsSpan[] {
  const fromMs = Math.max(part.fromMs, range.fromMs);
  const toMs = Math.min(part.toMs, range.toMs);
  return fromMs < toMs ? cutSpans({ fromMs, toMs }, part.excluded) : [];
}

/** Counts are kept by the minute: the one in which a version began is judged by it. */
function minuteOf(time: string): number {
  return Math.floor(Date.parse(time) / MINUTE_MS) * MINUTE_MS;
}

function isSame(a: ObjectivePart, b: ObjectivePart): boolean {
  return (
    a.series.id === b.series.id &&
    a.method === b.method &&
    a.objective.target === b.objective.target
  );
}
