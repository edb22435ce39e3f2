import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  EntityScope,
  formatTableRef,
  getEntityScope,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Something of a lakehouse that an entity of the catalog can stand for. */
export type LakehouseSubject =
  | { readonly kind: 'cluster'; readonly connection: string }
  | { readonly kind: 'table'; readonly ref: TableRef }
  | {
      readonly kind: 'cache';
      readonly connection: string;
      readonly prefix?: string;
    }
  | {
      readonly kind: 'dashboard';
      readonly connection: string;
      readonly id: string;
      readonly uuid?: string;
    }
  | {
      readonly kind: 'workloads';
      readonly connection: string;
      readonly namespace?: string;
      /** The connection of the system that runs on them. */
      readonly of?: string;
    };

/** An entity that stands for something of a lakehouse. */
export interface LakehouseEntity {
  readonly entityRef: string;
  readonly entity: Entity;
  readonly owner?: string;
  readonly scope: EntityScope;
}

/** Reads what an entity stands for, and who owns it: the catalog's relation, since what was written may be no whole reference. */
export function toLakehouseEntity(entity: Entity): LakehouseEntity {
  return {
    entityRef: stringifyEntityRef(entity),
    entity,
    owner: entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
      ?.targetRef,
    scope: getEntityScope(entity),
  };
}

/** The entity that stands for something, the most exact one where several do. */
export function findEntity(
  entities: readonly LakehouseEntity[],
  subject: LakehouseSubject,
): LakehouseEntity | undefined {
  const fits = entities
    .map(entity => ({ entity, fit: fitOf(entity.scope, subject) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit);
  return fits[0]?.entity;
}

/** How well an entity stands for something: 0 not at all, else the more the better. */
function fitOf(scope: EntityScope, subject: LakehouseSubject): number {
  switch (subject.kind) {
    case 'cluster':
      // With a selector the annotation only tells where its queries run.
      return scope.cluster === subject.connection && !scope.querySelector
        ? 1
        : 0;
    case 'table':
      return scope.table &&
        formatTableRef(scope.table) === formatTableRef(subject.ref)
        ? 1
        : 0;
    case 'cache': {
      const { cache } = scope;
      if (!cache || cache.connection !== subject.connection) return 0;
      if (cache.prefix === undefined) return 1;
      return subject.prefix?.startsWith(cache.prefix)
        ? 1 + cache.prefix.length
        : 0;
    }
    case 'dashboard':
      return scope.dashboard?.connection === subject.connection &&
        [subject.id, subject.uuid].includes(scope.dashboard.id)
        ? 1
        : 0;
    default: {
      const { workloads } = scope;
      if (workloads?.connection === subject.connection) {
        if (workloads.namespace === undefined) return 2;
        return workloads.namespace === subject.namespace ? 3 : 0;
      }
      return subject.of !== undefined &&
        scope.cluster === subject.of &&
        !scope.querySelector
        ? 1
        : 0;
    }
  }
}
