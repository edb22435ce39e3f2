import type { Entity } from '@backstage/catalog-model';

/** Kinds of what runs, and so can need help. */
const RUNNING_KINDS = ['component', 'resource', 'system', 'api'];
const ANNOTATION_PREFIX = 'lakehouse-ops.io/';

/**
 * Whether runbooks may apply to an entity: to all that runs, and to whatever
 * says that it has to do with a lakehouse. Which do apply only the backend
 * knows, and the tab tells.
 */
export function hasRunbooks(entity: Entity): boolean {
  return (
    RUNNING_KINDS.includes(entity.kind.toLocaleLowerCase('en-US')) ||
    Object.keys(entity.metadata.annotations ?? {}).some(name =>
      name.startsWith(ANNOTATION_PREFIX),
    )
  );
}
