import { z } from 'zod';
import {
  type AccessRequest,
  forbiddenMessage,
  isAllowed,
  type KubernetesUser,
} from './access';
import { failure, found, type KubernetesReply } from './KubernetesReply';
import type { KubernetesWorld } from './KubernetesWorld';
import { listObjects } from './listObjects';
import { paginate } from './paginate';
import { patchWorkload } from './patchWorkload';
import { renderScale } from './renderOthers';
import { renderWorkload } from './renderWorkload';

export interface KubernetesExchange {
  readonly method: string;
  readonly url: URL;
  readonly user: KubernetesUser;
  readonly contentType: string;
  readonly body: string;
}

const PATH =
  /^\/(?:api\/(v1)|apis\/([\w.]+)\/(v\d\w*))\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+)(?:\/([^/]+))?)?$/;
const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  PATCH: 'patch',
  POST: 'create',
  PUT: 'update',
  DELETE: 'delete',
};
const KINDS: Readonly<Record<string, string>> = {
  deployments: 'Deployment',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
};

const reviewSchema = z.object({
  spec: z.object({
    resourceAttributes: z.object({
      verb: z.string(),
      group: z.string().default(''),
      resource: z.string(),
      subresource: z.string().optional(),
      namespace: z.string().optional(),
    }),
  }),
});

/** Answers one request of a known user. */
export function answerKubernetes(
  world: KubernetesWorld,
  exchange: KubernetesExchange,
): KubernetesReply {
  const { method, url, user } = exchange;
  if (method === 'POST' && url.pathname === REVIEWS) {
    return review(world, exchange);
  }
  const path = PATH.exec(decodeURIComponent(url.pathname));
  if (!path)
    return failure(404, 'the server could not find the requested resource');
  const [, , group = '', , namespace, resource, name, subresource] = path;
  const verb = method === 'GET' && !name ? 'list' : VERBS[method] ?? 'unknown';
  const access = { verb, group, resource, subresource, namespace };
  if (!mayDo(world, user, access)) {
    return failure(403, forbiddenMessage(user, { ...access, name }));
  }
  if (!name) {
    if (method !== 'GET') return notAllowed();
    const listed = listObjects({
      world,
      namespace,
      resource,
      query: url.searchParams,
    });
    return 'items' in listed
      ? paginate({ world, query: url.searchParams, ...listed })
      : listed;
  }
  const kind = KINDS[resource];
  const workload = kind && world.workload(namespace, kind, name);
  if (!workload) {
    return failure(
      404,
      `${resource}${group ? `.${group}` : ''} "${name}" not found`,
    );
  }
  if (subresource !== undefined && subresource !== 'scale') {
    return failure(404, 'the server could not find the requested resource');
  }
  const scale = subresource === 'scale';
  if (method === 'GET') {
    return found(
      scale ? renderScale(world, workload) : renderWorkload(world, workload),
    );
  }
  if (method !== 'PATCH') return notAllowed();
  return patchWorkload({
    world,
    workload,
    scale,
    contentType: exchange.contentType,
    body: exchange.body,
    dryRun: url.searchParams.getAll('dryRun'),
  });
}

function notAllowed() {
  return failure(
    405,
    'the server does not allow this method on the requested resource',
  );
}

function mayDo(
  world: KubernetesWorld,
  user: KubernetesUser,
  access: AccessRequest,
) {
  return (
    isAllowed(user, access) &&
    !world.faults.forbiddenNamespaces.has(access.namespace ?? '')
  );
}

function review(
  world: KubernetesWorld,
  { body, user }: KubernetesExchange,
): KubernetesReply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return failure(400, 'the body is not JSON');
  }
  const parsed = reviewSchema.safeParse(json);
  if (!parsed.success) return failure(422, 'spec: Required value');
  const { resourceAttributes } = parsed.data.spec;
  return found(
    {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec: parsed.data.spec,
      status: { allowed: mayDo(world, user, resourceAttributes) },
    },
    201,
  );
}
