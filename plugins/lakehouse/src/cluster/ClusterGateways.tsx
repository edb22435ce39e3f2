import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { ResourceView, SkeletonRows } from '../components/states';
import { GatewayPanel, useGatewaysOf } from '../gateway';
import { TimeRange, timeSpanOf } from '../url';

/** The gateways before a cluster; nothing where there is none. */
export const ClusterGateways = (props: {
  connection: string;
  connections: readonly ConnectionView[];
  range: TimeRange;
  entityRef?: string;
}) => {
  const gateways = useGatewaysOf({
    trino: props.connection,
    connections: props.connections,
    range: props.range,
  });
  if (!props.connections.some(({ system }) => system === 'trino-gateway')) {
    return null;
  }
  return (
    <ResourceView
      resource={gateways}
      what="gateways"
      skeleton={<SkeletonRows rows={3} />}
    >
      {views => (
        <>
          {views.map(view => (
            <GatewayPanel
              key={view.connection}
              view={view}
              note="gateway before this cluster"
              span={timeSpanOf(props.range, gateways.updatedAt)}
              entityRef={props.entityRef}
              onChanged={gateways.refetch}
            />
          ))}
        </>
      )}
    </ResourceView>
  );
};
