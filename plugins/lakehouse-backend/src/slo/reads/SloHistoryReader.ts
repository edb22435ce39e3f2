import {
  forecastBudget,
  paceMsOf,
  sloWindowAt,
  sloWindowMs,
  spendPace,
  type MsSpan,
  type SloAlert,
  type SloHistory,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf } from '../alerts/conditionsOf';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import { budgetGrowth } from '../evaluation/budgetGrowth';
import type { SeriesReach, SloRollups } from '../rollups/SloRollups';
import { gapsOf } from './gapsOf';
import { objectiveParts, type ObjectivePart } from './objectiveParts';
import { rangeOrWindow } from './rangeOrWindow';
import { readSloStories, type SloStory } from './SloStory';
import { SloTimeline } from './SloTimeline';

const MARKS_MAX = 200;
const MINUTE_MS = 60_000;

interface Options {
  readonly book: Pick<SloBook, 'versionsOf'>;
  readonly rollups: Pick<SloRollups, 'buckets' | 'sums' | 'reach'>;
  readonly alertLog: Pick<SloAlertLog, 'alerts' | 'corrections'>;
  readonly now: () => number;
}

/** Lines and marks of an SLO's charts. */
export class SloHistoryReader {
  readonly #options: Options;

  static create(
    options: Omit<Options, 'now'> & { now?: () => number },
  ): SloHistoryReader {
    return new SloHistoryReader({ ...options, now: options.now ?? Date.now });
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async read(
    slo: StoredSlo,
    asked: { from?: string; to?: string },
  ): Promise<SloHistory> {
    const { rollups, alertLog, now } = this.#options;
    const { definition } = slo;
    const range = rangeOrWindow(definition.window, asked, now());
    const answer = { from: iso(range.fromMs), to: iso(range.toMs) };
    const [[story], alerts] = await Promise.all([
      readSloStories(this.#options, [slo], {
        // The window that a budget is counted over may begin before.
        fromMs: range.fromMs - sloWindowMs(definition.window),
        toMs: range.toMs,
      }),
      alertLog.alerts([slo.id], { ...answer, limit: MARKS_MAX }),
    ]);
    const parts = objectiveParts(story);
    const [timeline, reach] = await Promise.all([
      SloTimeline.read({
        rollups,
        definition,
        parts,
        range,
        nowMs: now(),
      }),
      rollups.reach(parts.map(({ series }) => series)),
    ]);
    return {
      ...answer,
      points: pointsOf(timeline, definition.objectives.length === 1),
      burnRates: conditionsOf(definition).map(({ key, condition }) => ({
        condition: key,
        factor: condition.factor,
        longMs: condition.longMs,
        points: timeline.moments.map(atMs => ({
          at: iso(atMs),
          value: timeline.rateAt(atMs, condition),
        })),
      })),
      forecast:
        range.toMs >= now() - paceMsOf(definition.window)
          ? forecastOf({ timeline, slo, range, parts, reach })
          : [],
      gaps: gapsOf({ lines: timeline.lines, reach, range, ...timeline.grid }),
      excluded: story.corrections
        .filter(
          ({ from, to }) =>
            Date.parse(to) > range.fromMs && Date.parse(from) < range.toMs,
        )
        .map(({ from, to, reason }) => ({ from, to, reason })),
      marks: marksOf(story, alerts.get(slo.id) ?? [], range),
    };
  }
}

function pointsOf(
  timeline: SloTimeline,
  isSingle: boolean,
): SloHistory['points'] {
  const { moments, grid } = timeline;
  // What ended just now may not be counted yet.
  const newestMs = moments[moments.length - 1] - grid.widthMs - MINUTE_MS;
  return moments.map((atMs, index) => {
    const sinceMs = index ? moments[index - 1] : atMs - grid.stepMs;
    const step = timeline.countsIn({ fromMs: sinceMs, toMs: atMs });
    const observed = step.some(({ observedMinutes }) => observedMinutes > 0);
    if (!observed && sinceMs < newestMs) return { at: iso(atMs) };
    const { attainment, remaining } = timeline.standingAt(atMs);
    const sum = (field: 'good' | 'total') =>
      step.reduce((all, { sums }) => all + sums[field], 0);
    return {
      at: iso(atMs),
      remaining,
      attainment,
      ...(isSingle && observed && { good: sum('good'), total: sum('total') }),
    };
  });
}

/** At the newest pace, from the end of the range on. */
function forecastOf(options: {
  timeline: SloTimeline;
  slo: StoredSlo;
  range: MsSpan;
  parts: readonly ObjectivePart[];
  reach: ReadonlyMap<string, SeriesReach>;
}): SloHistory['forecast'] {
  const { timeline, slo, range, parts, reach } = options;
  const { definition } = slo;
  const { window } = definition;
  const { remaining } = timeline.standingAt(range.toMs);
  if (remaining === undefined) return [];
  const paceMs = paceMsOf(window);
  const stepMs = Math.min(timeline.grid.widthMs, paceMs);
  const spans: MsSpan[] = [];
  for (
    let fromMs = Math.floor((range.toMs - paceMs) / stepMs) * stepMs;
    fromMs < range.toMs;
    fromMs += stepMs
  ) {
    spans.push({ fromMs, toMs: fromMs + stepMs });
  }
  const budget = timeline.spentBudget(range.toMs);
  const spent = (span: MsSpan) =>
    budget.shareOf(timeline.countsIn(span), timeline.jointIn(span)) ?? 0;
  const pace = spendPace(
    spans.map(span => ({
      observedMs:
        MINUTE_MS *
        Math.max(0, ...timeline.countsIn(span).map(one => one.observedMinutes)),
      spent: spent(span),
    })),
  );
  if (!pace) return [];
  const windowMs = sloWindowMs(window);
  const span = sloWindowAt(window, range.toMs);
  const countedFromMs = latest(
    parts
      .filter(({ toMs }) => toMs === Infinity)
      .map(({ series }) => reach.get(series.id)?.countedFromMs),
  );
  return forecastBudget({
    atMs: range.toMs,
    remaining,
    pace,
    paceMs,
    growing: budgetGrowth({
      definition,
      window: span,
      countedFromMs,
      observedMs: observedMsOf(timeline, {
        fromMs: Math.max(span.fromMs, countedFromMs ?? span.fromMs),
        toMs: range.toMs,
        readFromMs: range.fromMs,
      }),
    }),
    untilMs: window.kind === 'calendar' ? span.endMs : range.toMs + windowMs,
    rolling:
      window.kind === 'rolling'
        ? {
            durationMs: windowMs,
            spent: timeline.moments.slice(1).map((toMs, index) => {
              const piece = { fromMs: timeline.moments[index], toMs };
              return { ...piece, spent: spent(piece) };
            }),
          }
        : undefined,
  }).points;
}

/** What was not read of it is taken as observed. */
function observedMsOf(
  timeline: SloTimeline,
  { fromMs, toMs, readFromMs }: MsSpan & { readFromMs: number },
): number {
  const read = timeline.countsIn({
    fromMs: Math.max(fromMs, readFromMs),
    toMs,
  });
  return (
    MINUTE_MS * Math.max(0, ...read.map(one => one.observedMinutes)) +
    Math.max(0, readFromMs - fromMs)
  );
}

function latest(times: ReadonlyArray<number | undefined>): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length ? Math.max(...known) : undefined;
}

function marksOf(
  { versions }: SloStory,
  alerts: readonly SloAlert[],
  range: MsSpan,
): SloHistory['marks'] {
  const first = versions.at(-1)?.version;
  const all: Array<SloHistory['marks'][number]> = [
    ...alerts.flatMap(({ condition, severity, firedAt, resolvedAt }) => {
      const title = `${condition} (${severity})`;
      return firedAt === undefined
        ? []
        : [
            { at: firedAt, kind: 'alert-fired' as const, title },
            ...(resolvedAt === undefined
              ? []
              : [{ at: resolvedAt, kind: 'alert-resolved' as const, title }]),
          ];
    }),
    ...versions
      .filter(({ version }) => version !== first)
      .map(({ from, version }) => ({
        at: from,
        kind: 'definition-changed' as const,
        title: `Version ${version}`,
      })),
  ];
  return all
    .filter(({ at }) => {
      const atMs = Date.parse(at);
      return atMs >= range.fromMs && atMs <= range.toMs;
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
