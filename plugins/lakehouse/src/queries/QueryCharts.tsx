import Typography from '@material-ui/core/Typography';
import type { Gap, QueryStats } from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import {
  DurationHistogram,
  LatencyBandChart,
  TimeSpan,
} from '../components/charts';
import { formatCount } from '../components/format';
import { Columns, Section } from '../components/layout';
import { ResourceView, SkeletonBox } from '../components/states';

/** Latency and failures over time beside the durations; both select. */
export const QueryCharts = (props: {
  what: string;
  gaps: readonly Gap[];
  stats: LakehouseResource<QueryStats>;
  onTime: (span: TimeSpan) => void;
  onDuration: (range: { fromMs: number; toMs?: number }) => void;
}) => (
  <ResourceView
    resource={props.stats}
    what={`statistics of ${props.what}`}
    skeleton={<SkeletonBox height={290} />}
  >
    {stats => (
      <>
        <Columns minWidth={440}>
          <Section padded>
            <LatencyBandChart
              stats={stats}
              gaps={props.gaps}
              onSelect={props.onTime}
            />
          </Section>
          <Section padded>
            <DurationHistogram stats={stats} onSelect={props.onDuration} />
          </Section>
        </Columns>
        {stats.truncatedTo !== undefined && (
          <Typography variant="caption" color="textSecondary">
            There were too many queries to count them all: figures are of the
            newest {formatCount(stats.truncatedTo)}.
          </Typography>
        )}
      </>
    )}
  </ResourceView>
);
