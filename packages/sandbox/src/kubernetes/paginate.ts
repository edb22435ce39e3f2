import { z } from 'zod';
import { failure, found, type KubernetesReply } from './KubernetesReply';
import type { KubernetesWorld } from './KubernetesWorld';

const tokenSchema = z.object({ version: z.number(), start: z.number() });

/**
 * A list, or a page of it. Version 0 is answered from the cache, which knows no pages
 * (as API servers do that are asked so).
 */
export function paginate(options: {
  world: KubernetesWorld;
  kind: string;
  apiVersion: string;
  query: URLSearchParams;
  items: readonly unknown[];
}): KubernetesReply {
  const { world, kind, apiVersion, query, items } = options;
  const token = query.get('continue');
  const limit = Number(query.get('limit') ?? 0);
  const fromCache = query.get('resourceVersion') === '0';
  if (token && query.has('resourceVersion')) {
    return failure(
      400,
      'specifying resource version is not allowed when using continue',
    );
  }
  const page = token ? readToken(token) : { version: world.version, start: 0 };
  if (!page) return failure(400, 'continue key is not valid');
  if (page.version < world.oldestPage) {
    return failure(
      410,
      'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.',
    );
  }
  const end =
    limit > 0 && !fromCache
      ? Math.min(items.length, page.start + limit)
      : items.length;
  const remaining = items.length - end;
  return found({
    kind: `${kind}List`,
    apiVersion,
    metadata: {
      resourceVersion: String(page.version),
      continue:
        remaining > 0
          ? Buffer.from(
              JSON.stringify({ version: page.version, start: end }),
            ).toString('base64url')
          : undefined,
      remainingItemCount: remaining > 0 ? remaining : undefined,
    },
    items: items.slice(page.start, end),
  });
}

function readToken(token: string) {
  try {
    return tokenSchema.parse(
      JSON.parse(Buffer.from(token, 'base64url').toString('utf8')),
    );
  } catch {
    return undefined;
  }
}
