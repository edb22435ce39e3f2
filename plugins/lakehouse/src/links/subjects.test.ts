import {
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { entityWith } from '../__testUtils__/renderLakehouse';
import { findEntity, LakehouseSubject, toLakehouseEntity } from './subjects';

const entities = [
  entityWith({ [CACHE_ANNOTATION]: 'sessions' }, { name: 'cache' }),
  entityWith({ [CACHE_ANNOTATION]: 'sessions/api:' }, { name: 'api-cache' }),
  entityWith(
    {
      [TRINO_CLUSTER_ANNOTATION]: 'analytics',
      [QUERY_SELECTOR_ANNOTATION]: 'source=api',
    },
    { name: 'api' },
  ),
  entityWith({ [TRINO_CLUSTER_ANNOTATION]: 'analytics' }, { name: 'cluster' }),
  entityWith({ [TABLE_ANNOTATION]: 'analytics/c.s.t' }, { name: 'table' }),
  entityWith({ [DASHBOARD_ANNOTATION]: 'bi/uuid-1' }, { name: 'dashboard' }),
  entityWith({ [WORKLOADS_ANNOTATION]: 'k8s/trino' }, { name: 'pods' }),
].map(toLakehouseEntity);

describe('findEntity', () => {
  it.each<[string | undefined, LakehouseSubject]>([
    ['cache', { kind: 'cache', connection: 'sessions' }],
    ['cache', { kind: 'cache', connection: 'sessions', prefix: 'web:' }],
    ['api-cache', { kind: 'cache', connection: 'sessions', prefix: 'api:x:' }],
    [undefined, { kind: 'cache', connection: 'others' }],
    // Not the service whose queries run there.
    ['cluster', { kind: 'cluster', connection: 'analytics' }],
    [
      'table',
      {
        kind: 'table',
        ref: {
          connection: 'analytics',
          catalog: 'c',
          schema: 's',
          table: 't',
        },
      },
    ],
    [
      'dashboard',
      { kind: 'dashboard', connection: 'bi', id: '11', uuid: 'uuid-1' },
    ],
    [undefined, { kind: 'dashboard', connection: 'bi', id: '12' }],
    ['pods', { kind: 'workloads', connection: 'k8s', namespace: 'trino' }],
    [
      'cluster',
      {
        kind: 'workloads',
        connection: 'k8s',
        namespace: 'other',
        of: 'analytics',
      },
    ],
    [undefined, { kind: 'workloads', connection: 'k8s', namespace: 'other' }],
  ])('finds %s for %j', (name, subject) => {
    expect(findEntity(entities, subject)?.entity.metadata.name).toBe(name);
  });
});

describe('toLakehouseEntity', () => {
  it('takes the owner from relations: what was written may be no whole reference', () => {
    const entity = entityWith(
      {},
      {
        spec: { owner: 'somebody' },
        relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
      },
    );
    expect(toLakehouseEntity(entity).owner).toBe('group:default/team-a');
    expect(
      toLakehouseEntity({ ...entity, relations: [] }).owner,
    ).toBeUndefined();
  });
});
