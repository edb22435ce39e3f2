import {
  Entity,
  parseEntityRef,
  RELATION_DEPENDS_ON,
} from '@backstage/catalog-model';
import {
  isLakehouseEntity,
  SLO_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Whether an entity names a file of SLOs or is part of a lakehouse, so that its overview says what it promises. */
export function hasSloCard(entity: Entity): boolean {
  return (
    entity.metadata.annotations?.[SLO_ANNOTATION] !== undefined ||
    isLakehouseEntity(entity)
  );
}

/**
 * Whether an entity has SLOs or could have some: also when it only depends on
 * a resource. Whether that is part of a lakehouse stands in another entity,
 * which is not at hand here.
 */
export function hasSloTab(entity: Entity): boolean {
  return (
    hasSloCard(entity) ||
    (entity.relations ?? []).some(
      ({ type, targetRef }) =>
        type === RELATION_DEPENDS_ON &&
        parseEntityRef(targetRef).kind.toLocaleLowerCase('en-US') ===
          'resource',
    )
  );
}
