import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { SideDrawer } from '../components/layout';
import {
  NotConfigured,
  ResourceView,
  SkeletonRows,
} from '../components/states';
import { QueryDetail } from './QueryDetail';
import { useQuery } from './useQueries';

interface QueryDrawerProps {
  readonly connection: string;
  readonly queryId: string;
  readonly connections: readonly ConnectionView[];
  readonly uiUrl?: string;
  readonly entityRef?: string;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** One query over the list that it is from. */
export const QueryDrawer = (props: QueryDrawerProps) => {
  const query = useQuery(props.connection, props.queryId);
  return (
    <SideDrawer
      open
      title={props.queryId}
      subtitle={`Query on ${props.connection}`}
      onClose={props.onClose}
    >
      <ResourceView
        resource={query}
        what={`query ${props.queryId}`}
        skeleton={<SkeletonRows rows={10} />}
        notFound={message => (
          <NotConfigured
            title="This query is not known"
            message={`${message} Queries are kept for some days only; the link may be older than that.`}
          />
        )}
      >
        {data => (
          <QueryDetail
            query={data}
            connections={props.connections}
            uiUrl={props.uiUrl}
            entityRef={props.entityRef}
            onChanged={() => {
              query.refetch();
              props.onChanged();
            }}
          />
        )}
      </ResourceView>
    </SideDrawer>
  );
};
