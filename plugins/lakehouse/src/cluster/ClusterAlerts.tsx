import type {
  ConnectionView,
  MetricsAlert,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';
import { Section } from '../components/layout';
import { EmptyNote, ResourceView, SkeletonRows } from '../components/states';
import { MetricsAlertsTable } from '../metrics';

/** More Prometheus servers than this are not asked about one cluster. */
const MAX_ASKED = 5;

function useAlertsOf(of: string, connections: readonly ConnectionView[]) {
  const asked = connections
    .filter(({ system }) => system === 'prometheus')
    .slice(0, MAX_ASKED)
    .map(({ id }) => id);
  return useLakehouse<readonly MetricsAlert[]>({
    key: asked.length > 0 ? `alerts of ${of} ${asked}` : undefined,
    kinds: ['metrics'],
    load: async (api, request) => {
      const views = await Promise.all(
        asked.map(id => api.getMetrics(id, request)),
      );
      return views.flatMap(({ alerts }) =>
        alerts.filter(alert => alert.of === of),
      );
    },
  });
}

/** Alerts of Prometheus that are about this cluster; nothing without Prometheus. */
export const ClusterAlerts = (props: {
  connection: string;
  connections: readonly ConnectionView[];
}) => {
  const alerts = useAlertsOf(props.connection, props.connections);
  if (!props.connections.some(({ system }) => system === 'prometheus')) {
    return null;
  }
  return (
    <Section title="Prometheus alerts">
      <ResourceView
        resource={alerts}
        what="Prometheus alerts"
        skeleton={<SkeletonRows rows={2} />}
      >
        {items =>
          items.length === 0 ? (
            <EmptyNote text="None fires for this cluster." />
          ) : (
            <MetricsAlertsTable alerts={items} />
          )
        }
      </ResourceView>
    </Section>
  );
};
