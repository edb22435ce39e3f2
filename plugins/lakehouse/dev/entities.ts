import { Entity } from '@backstage/catalog-model';
import {
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  QUERY_SELECTOR_ANNOTATION,
  SLO_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';

const entityWith = (
  name: string,
  annotations: Record<string, string>,
  dependsOn: string[] = [],
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, namespace: 'default', annotations },
  spec: { owner: 'group:default/team-data-platform' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/team-data-platform' },
    ...dependsOn.map(target => ({
      type: 'dependsOn',
      targetRef: `resource:default/${target}`,
    })),
  ],
});

export const ENTITIES: Record<string, Entity> = {
  cluster: entityWith('analytics', { [TRINO_CLUSTER_ANNOTATION]: 'analytics' }),
  table: entityWith('daily-sales', {
    [TABLE_ANNOTATION]: 'analytics/lake.gold.daily_sales',
  }),
  selector: entityWith(
    'personal-api',
    {
      [QUERY_SELECTOR_ANNOTATION]: 'source=personal-api',
      [SLO_ANNOTATION]: './slos.yaml',
    },
    ['analytics', 'daily-sales', 'api-cache', 'sales-dashboard', 'trino-pods'],
  ),
  cache: entityWith('sessions-cache', { [CACHE_ANNOTATION]: 'sessions' }),
  prefix: entityWith('api-cache', {
    [CACHE_ANNOTATION]: 'sessions/personal-api:',
  }),
  dashboard: entityWith('sales-dashboard', { [DASHBOARD_ANNOTATION]: 'bi/11' }),
  workloads: entityWith('trino-pods', { [WORKLOADS_ANNOTATION]: 'prod-k8s' }),
  nowhere: entityWith('nowhere', { [TRINO_CLUSTER_ANNOTATION]: 'nowhere' }),
  broken: entityWith('broken', { [TABLE_ANNOTATION]: 'orders' }),
};
