import { useMemo } from 'react';
import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import {
  EntityScope,
  getEntityScope,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { Stack } from '../components/layout';
import { NotConfigured } from '../components/states';
import { ENTITY_CONTENT_PATH } from '../links';
import { ClusterCardBody } from './ClusterCardBody';
import { DependsOn } from './DependsOn';
import { QueriesCardBody } from './QueriesCardBody';
import { ScopeProblems } from './ScopeProblems';
import { needsTrino } from './scopeViews';
import {
  CacheCardBody,
  DashboardCardBody,
  WorkloadsCardBody,
} from './SystemCardBodies';
import { TableCardBody } from './TableCardBody';
import { useScopeConnection } from './useScopeConnection';

const TrinoCardBody = (props: { scope: EntityScope }) => {
  const { scope } = props;
  const connection = useScopeConnection(scope);
  if (scope.table) return <TableCardBody tableRef={scope.table} />;
  if (connection.ambiguous) {
    return (
      <NotConfigured
        title="Which cluster?"
        message="This entity does not tell which Trino connection it uses. The Lakehouse tab shows what to add."
      />
    );
  }
  if (!connection.id) return null;
  return scope.querySelector ? (
    <QueriesCardBody
      connection={connection.id}
      selector={scope.querySelector}
    />
  ) : (
    <ClusterCardBody connection={connection.id} />
  );
};

/**
 * An overview card: whether the thing is healthy, in plain words, with a few
 * figures and a link to the Lakehouse tab.
 *
 * @public
 */
export const EntityLakehouseCard = () => {
  const { entity } = useEntity();
  const entityPath = useRouteRef(entityRouteRef);
  const scope = useMemo(() => getEntityScope(entity), [entity]);
  const path = entityPath(entityRouteParams(entity, { encodeParams: true }));
  return (
    <InfoCard
      title="Lakehouse"
      deepLink={{ title: 'Details', link: `${path}${ENTITY_CONTENT_PATH}` }}
    >
      <ScopeProblems problems={scope.problems} />
      <Stack>
        {needsTrino(scope) && <TrinoCardBody scope={scope} />}
        {scope.cache && <CacheCardBody cacheRef={scope.cache} />}
        {scope.dashboard && (
          <DashboardCardBody dashboardRef={scope.dashboard} />
        )}
        {scope.workloads && (
          <WorkloadsCardBody workloadsRef={scope.workloads} />
        )}
        <DependsOn entity={entity} />
      </Stack>
    </InfoCard>
  );
};
