import type { Gap, QueryStats } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError, LakehouseResource } from '../api';
import { Sparkline } from '../components/charts';
import { formatCount, formatShare } from '../components/format';
import { Figure } from '../components/layout';
import { reasonMissing } from '../components/states';

/** How many queries failed, of those that ended. */
export const FailedQueriesFigure = (props: {
  label: string;
  stats: LakehouseResource<QueryStats>;
  gaps: readonly Gap[];
}) => {
  const { data, error, loading } = props.stats;
  if (loading) return <Figure label={props.label} value="…" />;
  const overall = data?.overall;
  return (
    <Figure
      label={props.label}
      value={overall && formatCount(overall.failed)}
      detail={
        overall &&
        (overall.ended > 0
          ? `of ${formatCount(overall.ended)} ended (${formatShare(
              overall.failed / overall.ended,
            )})`
          : 'no query ended')
      }
      missing={
        error
          ? describeError(error).message
          : reasonMissing(props.gaps, 'queries', 'query-events')
      }
      chart={
        <Sparkline
          points={(data?.buckets ?? []).map(bucket => ({
            timeMs: Date.parse(bucket.start),
            value: bucket.failed,
          }))}
          holdMs={data?.bucketMs ?? 0}
        />
      }
    />
  );
};
