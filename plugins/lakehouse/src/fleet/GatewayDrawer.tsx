import { SideDrawer } from '../components/layout';
import { ResourceView, SkeletonRows } from '../components/states';
import { GatewayPanel, useGateway } from '../gateway';
import { TimeRange, timeSpanOf } from '../url';

/** One gateway over the list that it is from. */
export const GatewayDrawer = (props: {
  connection: string;
  title: string;
  range: TimeRange;
  onClose: () => void;
}) => {
  const gateway = useGateway(props.connection, props.range);
  return (
    <SideDrawer
      open
      width={900}
      title={props.title}
      subtitle="Trino Gateway"
      onClose={props.onClose}
    >
      <ResourceView
        resource={gateway}
        what={`gateway ${props.title}`}
        skeleton={<SkeletonRows rows={8} />}
      >
        {view => (
          <GatewayPanel
            view={view}
            note="where it sends queries"
            span={timeSpanOf(props.range, gateway.updatedAt)}
            onChanged={gateway.refetch}
          />
        )}
      </ResourceView>
    </SideDrawer>
  );
};
