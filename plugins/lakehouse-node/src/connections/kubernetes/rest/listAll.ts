import { z } from 'zod';
import { kubernetesErrors } from '../errors';
import { GoneError } from '../http/GoneError';
import type { KubernetesHttp } from '../http/KubernetesHttp';
import type {
  KubernetesList,
  KubernetesListOptions,
} from '../KubernetesConnection';
import { listPath, type KubernetesResource } from './paths';

/** A list that goes stale between pages is asked for anew, so many times. */
const MAX_STARTS = 3;
const SHORT_PAGES = 10;

/**
 * Reads a list page by page, up to the connection's bound.
 *
 * @param options - `fresh`: as it is now, and not as the API server's cache has it
 * @throws GoneError never: a list that can't be had whole is unavailable
 */
export async function listAll<T>(options: {
  http: KubernetesHttp;
  resource: KubernetesResource;
  list: KubernetesListOptions;
  item: z.ZodType<T>;
  fresh?: boolean;
}): Promise<KubernetesList<T>> {
  for (let start = 1; ; start += 1) {
    try {
      return await readPages(options);
    } catch (error) {
      if (!(error instanceof GoneError)) throw error;
      if (start === MAX_STARTS) {
        const { config } = options.http;
        throw kubernetesErrors.unavailable({
          connection: config.id,
          kind: 'server-error',
          status: 410,
          reason: `the list of ${options.resource.resource} in namespace ${options.list.namespace} expired between its pages, ${MAX_STARTS} times in a row`,
          remedy:
            'raise pageSize of the connection, or select fewer objects by labels',
          cause: error,
        });
      }
    }
  }
}

async function readPages<T>(
  options: Parameters<typeof listAll<T>>[0],
): Promise<KubernetesList<T>> {
  const { http, resource, list, item } = options;
  const { pageSize, maxItems } = http.config;
  const items: T[] = [];
  let next: string | undefined;
  let seen = 0;
  let pages = 0;
  // A page may be shorter than asked for, but not for ever.
  const maxPages = Math.ceil(maxItems / pageSize) + SHORT_PAGES;
  do {
    const page = await http.send({
      right: {
        verb: 'list',
        group: resource.group,
        resource: resource.resource,
        namespace: list.namespace,
      },
      method: 'GET',
      path: listPath(resource, list.namespace),
      query: {
        limit: String(pageSize),
        labelSelector: list.selector || undefined,
        continue: next,
        // Only the first page may name a version; 0 is answered from the cache.
        resourceVersion: options.fresh || next ? undefined : '0',
      },
      schema: pageSchema(item),
      signal: list.signal,
      retry: true,
    });
    items.push(...page.items);
    seen += page.seen;
    pages += 1;
    next = page.next;
  } while (next && seen < maxItems && pages < maxPages);
  return {
    items: items.slice(0, maxItems),
    truncated: next !== undefined || items.length > maxItems,
  };
}

/** An object that can't be read is left out, and the others are kept. */
function pageSchema<T>(item: z.ZodType<T>) {
  return z
    .object({
      metadata: z.object({ continue: z.string().nullish() }).nullish(),
      items: z.array(z.unknown()).nullish(),
    })
    .transform(({ metadata, items }) => ({
      next: metadata?.continue || undefined,
      seen: items?.length ?? 0,
      items: (items ?? []).flatMap(one => {
        const parsed = item.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    }));
}
