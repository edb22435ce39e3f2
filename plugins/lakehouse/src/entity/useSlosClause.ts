import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useSloCounts } from '../slo';
import { sloPath } from '../slo/entity/sloPath';
import { slosClause } from '../slo/sloWords';
import type { HeadlineClause } from './headline';

const NOTHING: readonly HeadlineClause[] = [];

/** What the SLOs of an entity have to say in its headline; nothing while that is not known, or when all are met. */
export function useSlosClause(entity: Entity): readonly HeadlineClause[] {
  const entityPath = useRouteRef(entityRouteRef);
  const { data } = useSloCounts({
    entityRef: stringifyEntityRef(entity),
    limit: 1,
  });
  const clause = data && slosClause(data);
  if (!clause || clause.status === 'healthy') return NOTHING;
  const path = entityPath(entityRouteParams(entity, { encodeParams: true }));
  return [{ ...clause, path: sloPath(path) }];
}
