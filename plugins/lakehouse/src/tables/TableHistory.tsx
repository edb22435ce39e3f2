import type { TableHistoryPoint } from '@lakehouse-ops/plugin-lakehouse-common';
import { HistoryChart } from '../components/charts';
import { Columns, Section } from '../components/layout';

/** Files and snapshots of a table over time. */
export const TableHistory = (props: {
  history: readonly TableHistoryPoint[];
}) => {
  const at = (point: TableHistoryPoint) => Date.parse(point.inspectedAt);
  return (
    <Columns minWidth={320}>
      <Section padded>
        <HistoryChart
          title="Files over time"
          names={['data files', 'small files']}
          points={props.history.map(point => ({
            timeMs: at(point),
            values: {
              'data files': point.dataFiles,
              'small files': point.smallFiles,
            },
          }))}
        />
      </Section>
      <Section padded>
        <HistoryChart
          title="Snapshots over time"
          names={['snapshots']}
          points={props.history.map(point => ({
            timeMs: at(point),
            values: { snapshots: point.snapshots },
          }))}
        />
      </Section>
    </Columns>
  );
};
