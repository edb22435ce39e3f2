import { useMemo } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { getEntityScope } from '@lakehouse-ops/plugin-lakehouse-common';
import { Section, Stack } from '../components/layout';
import { ResourceView, SkeletonBox } from '../components/states';
import { ScopeContent } from './ScopeContent';
import { ScopeProblems } from './ScopeProblems';
import { scopeViews } from './scopeViews';
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
  return (
    <Stack>
      {scope.problems.length > 0 && (
        <Section>
          <ScopeProblems problems={scope.problems} />
        </Section>
      )}
      {views.length > 0 && id && (
        <ScopeContent
          key={entityRef}
          scope={scope}
          views={views}
          connection={id}
          connections={connections.data?.items ?? []}
          entityRef={entityRef}
        />
      )}
      {views.length > 0 && !id && (
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
