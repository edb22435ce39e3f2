import {
  Entity,
  parseEntityRef,
  RELATION_DEPENDS_ON,
} from '@backstage/catalog-model';
import {
  isLakehouseEntity,
  SLO_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * Whether an entity has SLOs or could have some: it names a file of them, is
 * part of a lakehouse, or depends on a resource. Whether that resource is part
 * of a lakehouse stands in another entity, which is not at hand here.
 */
export function hasSloTab(entity: Entity): boolean {
  return (
    entity.metadata.annotations?.[SLO_ANNOTATION] !== undefined ||
    isLakehouseEntity(entity) ||
    (entity.relations ?? []).some(
      ({ type, targetRef }) =>
        type === RELATION_DEPENDS_ON &&
        parseEntityRef(targetRef).kind === 'resource',
    )
  );
}
