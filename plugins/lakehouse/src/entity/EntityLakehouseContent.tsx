import { useMemo } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { getEntityScope } from '@lakehouse-ops/plugin-lakehouse-common';
import { Section, Stack } from '../components/layout';
import { ResourceView, SkeletonBox } from '../components/states';
import { ScopeContent } from './ScopeContent';
import { ScopeProblems } from './ScopeProblems';
import { needsTrino, scopeViews } from './scopeViews';
import { UnclearConnection } from './UnclearConnection';
import { useScopeConnection } from './useScopeConnection';

/**
 * The "Lakehouse" tab of an entity: what its annotations point at.
 *
 * @public
 */
export const EntityLakehouseContent = () => {
  const { entity } = useEntity();
  const scope = useMemo(() => getEntityScope(entity), [entity]);
  const { id, connections } = useScopeConnection(scope);
  const entityRef = stringifyEntityRef(entity);
  const views = scopeViews(scope);
  const settled = id !== undefined || !needsTrino(scope);
  return (
    <Stack>
      {scope.problems.length > 0 && (
        <Section>
          <ScopeProblems problems={scope.problems} />
        </Section>
      )}
      {views.length > 0 && settled && (
        <ScopeContent
          key={entityRef}
          scope={scope}
          connection={needsTrino(scope) ? id : undefined}
          connections={connections.data?.items ?? []}
          entity={entity}
          entityRef={entityRef}
        />
      )}
      {views.length > 0 && !settled && (
        <ResourceView
          resource={connections}
          what="connections"
          skeleton={<SkeletonBox height={320} />}
        >
          {({ items }) => <UnclearConnection connections={items} />}
        </ResourceView>
      )}
    </Stack>
  );
};
