import { SideDrawer } from '../components/layout';
import { ResourceView, SkeletonRows } from '../components/states';
import { MetricsPanel, useMetrics } from '../metrics';

/** One Prometheus over the list that it is from. */
export const MetricsDrawer = (props: {
  connection: string;
  title: string;
  onClose: () => void;
}) => (
  <SideDrawer
    open
    width={900}
    title={props.title}
    subtitle="Prometheus"
    onClose={props.onClose}
  >
    <ResourceView
      resource={useMetrics(props.connection)}
      what={`metrics of ${props.title}`}
      skeleton={<SkeletonRows rows={8} />}
    >
      {view => <MetricsPanel view={view} />}
    </ResourceView>
  </SideDrawer>
);
