import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';

/** What is asked of the catalog. */
export interface SloCatalog {
  getEntityByRef(
    entityRef: string,
    options: { credentials: BackstageCredentials },
  ): Promise<Entity | undefined>;
}

/** @throws NotFoundError when the caller may not see it, or it is not there */
export async function readEntity(
  catalog: SloCatalog,
  entityRef: string,
  credentials: BackstageCredentials,
): Promise<Entity> {
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (entity) return entity;
  throw new NotFoundError(
    `There is no entity '${entityRef}' that you may see. Check the ref, and your permission to read it in the catalog.`,
  );
}
