import { Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  QUERY_SELECTOR_ANNOTATION,
  TABLE_ANNOTATION,
  TRINO_CLUSTER_ANNOTATION,
} from './annotations';
import { parseQuerySelector, QuerySelector } from './querySelector';
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
  ].some(name => annotations[name] !== undefined);
}
