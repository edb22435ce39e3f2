import type { GatewayView } from '@lakehouse-ops/plugin-lakehouse-common';
import { SeriesChart, TimeSpan } from '../components/charts';
import { formatCount, formatNumberOf } from '../components/format';
import { Section } from '../components/layout';
import { EmptyNote, ObservedView } from '../components/states';
import { BackendsTable } from './BackendsTable';
import { DivertedTable } from './DivertedTable';

type Point = GatewayView['series'][number] & { timeMs: number };

/** A gateway: its backends, how busy they are, and which queries went elsewhere. */
export const GatewayPanel = (props: {
  view: GatewayView;
  /** What the gateway is for the reader. */
  note: string;
  span: TimeSpan;
  entityRef?: string;
  onChanged: () => void;
}) => {
  const { view } = props;
  const diverted = view.routes.filter(route => route.diverted);
  return (
    <ObservedView view={view} what="This gateway">
      <Section title={view.title} note={props.note}>
        {view.backends.length > 0 ? (
          <BackendsTable {...props} />
        ) : (
          <EmptyNote text="This gateway has no backends: every query through it fails." />
        )}
      </Section>
      {view.series.length > 1 && (
        <Section padded>
          <SeriesChart
            title="Running by backend"
            summary={`${formatNumberOf(
              diverted.length,
              'query',
              'queries',
            )} went to another group than asked for.`}
            series={view.backends.map(({ name }) => ({
              name,
              value: (point: Point) =>
                point.backends.find(backend => backend.name === name)?.running,
            }))}
            points={view.series.map(moment => ({
              ...moment,
              timeMs: Date.parse(moment.at),
            }))}
            format={formatCount}
            span={props.span}
            holdMs={view.staleAfterSeconds * 1_000}
            gaps={view.gaps}
            subjects={['gateway']}
            height={140}
          />
        </Section>
      )}
      {diverted.length > 0 && (
        <Section
          title="Diverted queries"
          note="ran on another group than they asked for"
        >
          <DivertedTable routes={diverted} />
        </Section>
      )}
    </ObservedView>
  );
};
