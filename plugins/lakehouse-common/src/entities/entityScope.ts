import { Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  CACHE_ANNOTATION,
  DASHBOARD_ANNOTATION,
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
  WORKLOADS_ANNOTATION,
} from './annotations';
import { parseQuerySelector, QuerySelector } from './querySelector';
import {
  CacheRef,
  DashboardRef,
  parseCacheRef,
  parseDashboardRef,
  parseWorkloadsRef,
  WorkloadsRef,
} from './systemRefs';
import { parseTableRef, TableRef } from './tableRef';

/**
 * What an entity's annotations point at.
 *
 * @public
 */
export interface EntityScope {
  /** The Trino connection that the entity stands for. */
  readonly cluster?: string;
  /** The table that the entity stands for. */
  readonly table?: TableRef;
  /** Which queries are the entity's own. */
  readonly querySelector?: QuerySelector;
  /** The cache, or the part of one, that the entity stands for. */
  readonly cache?: CacheRef;
  /** The dashboard that the entity stands for. */
  readonly dashboard?: DashboardRef;
  /** The workloads that run what the entity stands for. */
  readonly workloads?: WorkloadsRef;
  /** Annotations that can't be read, each with what to change. */
  readonly problems: ReadonlyArray<{ annotation: string; message: string }>;
}

/**
 * Reads the annotations of an entity. Never throws: what can't be read is a problem to show.
 *
 * @public
 */
export function getEntityScope(entity: Entity): EntityScope {
  const annotations = entity.metadata.annotations ?? {};
  const problems: Array<{ annotation: string; message: string }> = [];
  const read = <T>(annotation: string, parse: (text: string) => T) => {
    const text = annotations[annotation];
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch (error) {
      problems.push({ annotation, message: toError(error).message });
      return undefined;
    }
  };
  return {
    cluster: annotations[TRINO_CLUSTER_ANNOTATION]?.trim() || undefined,
    table: read(TABLE_ANNOTATION, parseTableRef),
    querySelector: read(QUERY_SELECTOR_ANNOTATION, parseQuerySelector),
    cache: read(CACHE_ANNOTATION, parseCacheRef),
    dashboard: read(DASHBOARD_ANNOTATION, parseDashboardRef),
    workloads: read(WORKLOADS_ANNOTATION, parseWorkloadsRef),
    problems,
  };
}

/**
 * Whether an entity has anything for the Lakehouse plugins to show.
 *
 * @public
 */
export function isLakehouseEntity(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return [
    TRINO_CLUSTER_ANNOTATION,
    TABLE_ANNOTATION,
    QUERY_SELECTOR_ANNOTATION,
    CACHE_ANNOTATION,
    DASHBOARD_ANNOTATION,
    WORKLOADS_ANNOTATION,
  ].some(name => annotations[name] !== undefined);
}
