import { NotFoundError } from '@backstage/errors';
import type { ResourceGroupState } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeTrinoError,
  TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { ResourceGroupRoots } from '../ResourceGroupRoots';

/** Templated groups (one a user) can be many; the view shows fewer. */
const MAX_GROUPS = 1_000;

/**
 * All resource groups below the known roots.
 *
 * @throws NotFoundError when none of the roots is known to the coordinator
 */
export async function readResourceGroups(options: {
  connection: TrinoConnection;
  roots: ResourceGroupRoots;
  signal: AbortSignal;
}): Promise<ResourceGroupState[]> {
  const { roots, guessed } = options.roots.list();
  const groups: ResourceGroupState[] = [];
  let answered = 0;
  for (const root of roots) {
    try {
      groups.push(
        ...(await options.connection.resourceGroups(root, {
          signal: options.signal,
        })),
      );
      answered += 1;
    } catch (error) {
      if (describeTrinoError(error).code !== 'not-found') throw error;
      options.roots.forget(root);
    }
  }
  if (answered === 0) {
    throw new NotFoundError(
      guessed
        ? `no query told of its resource group yet, and there is none named ${roots.join()}`
        : `none of the resource groups ${roots.join(', ')} is known any more`,
    );
  }
  return groups.slice(0, MAX_GROUPS);
}
