import type {
  CachePrefix,
  CachePrefixUse,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { SeriesChart, TimeSpan } from '../components/charts';
import { formatShare } from '../components/format';
import { Columns, Section } from '../components/layout';
import { EmptyNote } from '../components/states';
import { hitRatio } from './cacheFacts';

/** More than these can't be compared at a glance; the table has them all. */
const MAX_CHARTS = 8;
const HEIGHT = 96;
const AXIS_WIDTH = 50;

/** Hit ratio of one prefix over time, with its stampedes as marks. */
export const HitRatioChart = (props: {
  prefix: CachePrefix;
  view: CacheView;
  span: TimeSpan;
}) => {
  const { prefix, view, span } = props;
  const now = hitRatio(prefix.use);
  return (
    <SeriesChart
      plain
      title={prefix.prefix}
      summary={
        now === undefined ? 'No lookups now.' : `${formatShare(now)} now.`
      }
      series={[
        {
          name: 'hit ratio',
          value: (use: CachePrefixUse & { timeMs: number }) => hitRatio(use),
        },
      ]}
      points={prefix.useSeries.map(use => ({
        ...use,
        timeMs: Date.parse(use.at),
      }))}
      marks={view.stampedes
        .filter(stampede => stampede.prefix === prefix.prefix)
        .map(stampede => ({
          name: 'stampede',
          fromMs: Date.parse(stampede.startedAt),
          toMs: stampede.endedAt ? Date.parse(stampede.endedAt) : span.toMs,
        }))}
      format={formatShare}
      span={span}
      holdMs={view.staleAfterSeconds * 1_000}
      gaps={view.gaps}
      subjects={['cache.telemetry']}
      top={1}
      height={HEIGHT}
      axisWidth={AXIS_WIDTH}
    />
  );
};

/** Hit ratios of the most used prefixes, all on one scale. */
export const HitRatios = (props: { view: CacheView; span: TimeSpan }) => {
  const told = props.view.prefixes.filter(
    ({ useSeries }) => useSeries.length > 0,
  );
  const shown = told.slice(0, MAX_CHARTS);
  if (shown.length === 0) {
    return (
      <Section title="Hit ratio by prefix">
        <EmptyNote text="No application tells what it finds in this cache. Redis itself counts hits for all keys together only: add the package @lakehouse-ops/redis-cache-telemetry to the application to see them by prefix." />
      </Section>
    );
  }
  return (
    <Section
      padded
      title="Hit ratio by prefix"
      note={
        shown.length < told.length
          ? `the ${shown.length} most used of ${told.length}`
          : 'as applications tell it'
      }
    >
      <Columns minWidth={300}>
        {shown.map(prefix => (
          <HitRatioChart key={prefix.prefix} {...props} prefix={prefix} />
        ))}
      </Columns>
    </Section>
  );
};
