import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { ClusterSection, useCluster } from '../cluster';
import { SideDrawer, Stack, TimeRangeSelect } from '../components/layout';
import { useQueryStats } from '../queries';
import { readTimeRange, timeRangePatch, useUrlState } from '../url';

/** One cluster over the list that it is from. */
export const ClusterDrawer = (props: {
  connection: string;
  connections: readonly ConnectionView[];
  title: string;
  onClose: () => void;
}) => {
  const { connection } = props;
  const { params, update } = useUrlState();
  const range = readTimeRange(params);
  const cluster = useCluster(connection, range);
  const stats = useQueryStats(connection, {}, range);
  return (
    <SideDrawer
      open
      width={1080}
      title={props.title}
      subtitle="Trino cluster"
      onClose={props.onClose}
    >
      <Stack>
        <div>
          <TimeRangeSelect
            range={range}
            onChange={next => update(timeRangePatch(next))}
          />
        </div>
        <ClusterSection
          connection={connection}
          connections={props.connections}
          cluster={cluster}
          stats={stats}
          range={range}
        />
      </Stack>
    </SideDrawer>
  );
};
