import type {
  CacheSample,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { SeriesChart, TimeSpan } from '../components/charts';
import {
  formatBytes,
  formatCount,
  formatRate,
  formatShare,
} from '../components/format';
import { Columns, Section } from '../components/layout';
import { perSecond } from './cacheFacts';

type Point = CacheSample & { timeMs: number };

/** Memory over time, and what it had to give up: evictions beside expirations. */
export const CacheCharts = (props: { view: CacheView; span: TimeSpan }) => {
  const { view, span } = props;
  const points = view.series.map(sample => ({
    ...sample,
    timeMs: Date.parse(sample.sampledAt),
  }));
  const shared = {
    points,
    span,
    holdMs: view.staleAfterSeconds * 1_000,
    gaps: view.gaps,
    subjects: ['cache' as const],
  };
  const perSample = (pick: (of: NonNullable<Point['activity']>) => number) =>
    function rate(point: Point) {
      return point.activity === undefined
        ? undefined
        : perSecond(pick(point.activity), point.activity.windowSeconds);
    };
  return (
    <Columns minWidth={440}>
      <Section padded>
        <SeriesChart
          {...shared}
          title="Memory"
          summary={memorySummary(view)}
          series={[
            {
              name: 'used',
              look: 'area',
              value: (point: Point) => point.memory?.usedBytes,
            },
            {
              name: 'limit',
              look: 'dashed',
              tone: 'muted',
              value: (point: Point) => point.memory?.maxBytes,
            },
          ]}
          format={formatBytes}
          top={topOf(view)}
        />
      </Section>
      <Section padded>
        <SeriesChart
          {...shared}
          title="Keys that went"
          summary={goneSummary(view)}
          series={[
            {
              name: 'evicted for room',
              tone: 'atRisk',
              value: perSample(({ evictedKeys }) => evictedKeys),
            },
            {
              name: 'expired',
              look: 'dashed',
              value: perSample(({ expiredKeys }) => expiredKeys),
            },
          ]}
          format={formatRate}
          marks={view.stampedes.map(stampede => ({
            name: 'stampede',
            fromMs: Date.parse(stampede.startedAt),
            toMs: stampede.endedAt ? Date.parse(stampede.endedAt) : span.toMs,
          }))}
        />
      </Section>
    </Columns>
  );
};

/** The limit, or the most that was used where there is none. */
function topOf(view: CacheView): number | undefined {
  const used = view.series.flatMap(({ memory }) => memory?.usedBytes ?? []);
  if (used.length === 0) return undefined;
  return Math.max(view.latest?.memory?.maxBytes ?? 0, ...used);
}

function memorySummary(view: CacheView): string {
  const memory = view.latest?.memory;
  if (!memory) return 'Not observed in this time.';
  const limit =
    memory.maxBytes === undefined
      ? 'no limit is set'
      : `${formatShare(memory.usedBytes / memory.maxBytes)} of the limit`;
  return `${formatBytes(memory.usedBytes)} now, ${limit}.`;
}

function goneSummary(view: CacheView): string {
  const seen = view.series.flatMap(({ activity }) => activity ?? []);
  if (seen.length === 0) return 'Not observed in this time.';
  const sum = (pick: (of: (typeof seen)[number]) => number) =>
    seen.reduce((total, one) => total + pick(one), 0);
  return `${formatCount(sum(one => one.evictedKeys))} evicted, ${formatCount(
    sum(one => one.expiredKeys),
  )} expired.`;
}
