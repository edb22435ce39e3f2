import { Link } from '@backstage/core-components';
import type { GatewayRoute } from '@lakehouse-ops/plugin-lakehouse-common';
import { NOT_OBSERVED, RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';
import { useQueriesPath } from '../links';

/** Queries that ran on another group than they asked for. */
export const DivertedTable = (props: { routes: readonly GatewayRoute[] }) => {
  const queriesPath = useQueriesPath();
  const pathOf = ({ trino, queryId }: GatewayRoute) =>
    trino && queriesPath(trino, { query: queryId });
  return (
    <DataTable
      label="Diverted queries"
      rows={props.routes}
      idOf={({ queryId }) => queryId}
      columns={[
        {
          id: 'at',
          title: 'When',
          cell: ({ capturedAt }) => <RelativeTime time={capturedAt} />,
        },
        {
          id: 'query',
          title: 'Query',
          cell: route => {
            const path = pathOf(route);
            return path ? (
              <Link to={path}>{route.queryId}</Link>
            ) : (
              route.queryId
            );
          },
        },
        {
          id: 'user',
          title: 'User',
          cell: ({ user }) => user ?? NOT_OBSERVED,
        },
        {
          id: 'source',
          title: 'Source',
          cell: ({ source }) => source ?? NOT_OBSERVED,
        },
        {
          id: 'asked',
          title: 'Asked for',
          cell: ({ requestedGroup }) => requestedGroup ?? NOT_OBSERVED,
        },
        {
          id: 'ran',
          title: 'Ran on',
          cell: ({ usedGroup, backend, backendUrl }) =>
            `${usedGroup ?? 'unknown group'} (${backend ?? backendUrl})`,
        },
      ]}
    />
  );
};
