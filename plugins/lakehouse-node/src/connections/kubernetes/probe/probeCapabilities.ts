import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { describeConnectionError } from '../../shared/describeConnectionError';
import type { SystemCapabilities } from '../../shared/SystemConnection';
import type { KubernetesConnectionConfig } from '../config/KubernetesConnectionConfig';
import { describeRight, grantRemedy } from '../http/describeRight';
import type { KubernetesHttp } from '../http/KubernetesHttp';
import type { KubernetesRight } from '../http/KubernetesRequest';
import { RESOURCE_OF_KIND } from '../workloadKinds';

const REVIEWS_AT_A_TIME = 4;

const versionSchema = z.object({ gitVersion: z.string() });
const reviewSchema = z.object({
  status: z
    .object({
      allowed: z.boolean().default(false),
      reason: z.string().optional(),
    })
    .prefault({}),
});

/**
 * Asks the API server for each right that is used, in each namespace of the
 * config, by SelfSubjectAccessReview: nothing is tried out.
 */
export async function probeCapabilities(options: {
  http: KubernetesHttp;
  signal: AbortSignal;
}): Promise<SystemCapabilities> {
  const { http, signal } = options;
  const { gitVersion } = await http.send({
    right: { verb: 'get', group: '', resource: 'version' },
    method: 'GET',
    path: '/version',
    schema: versionSchema,
    signal,
    retry: true,
  });
  const rights = rightsUsed(http.config);
  const capabilities: Capability[] = [];
  for (let at = 0; at < rights.length; at += REVIEWS_AT_A_TIME) {
    capabilities.push(
      ...(await Promise.all(
        rights
          .slice(at, at + REVIEWS_AT_A_TIME)
          .map(right => review({ http, right, signal })),
      )),
    );
  }
  return {
    probedAt: new Date().toISOString(),
    version: gitVersion,
    capabilities,
  };
}

/** The capability of a right: `lakehouse/deployments.patch`. */
export function capabilityId({
  namespace,
  resource,
  verb,
}: KubernetesRight): string {
  return `${namespace ?? ''}/${resource}.${verb}`;
}

function rightsUsed(config: KubernetesConnectionConfig): KubernetesRight[] {
  const rights = new Map<string, KubernetesRight>();
  for (const { namespace, kinds, scale } of config.workloads) {
    const apps = kinds.map(kind => RESOURCE_OF_KIND[kind]);
    for (const right of [
      ...apps.flatMap(resource =>
        (['list', 'get', 'patch'] as const).map(verb => ({
          verb,
          group: 'apps',
          resource,
        })),
      ),
      ...(scale
        ? kinds
            .filter(kind => kind !== 'DaemonSet')
            .map(kind => ({
              verb: 'patch' as const,
              group: 'apps',
              resource: `${RESOURCE_OF_KIND[kind]}/scale`,
            }))
        : []),
      { verb: 'list' as const, group: '', resource: 'pods' },
      { verb: 'list' as const, group: '', resource: 'events' },
      {
        verb: 'list' as const,
        group: 'autoscaling',
        resource: 'horizontalpodautoscalers',
      },
      {
        verb: 'list' as const,
        group: 'policy',
        resource: 'poddisruptionbudgets',
      },
    ]) {
      const own = { ...right, namespace };
      rights.set(capabilityId(own), own);
    }
  }
  return [...rights.values()];
}

async function review(options: {
  http: KubernetesHttp;
  right: KubernetesRight;
  signal: AbortSignal;
}): Promise<Capability> {
  const { http, right, signal } = options;
  const id = capabilityId(right);
  const [resource, subresource] = right.resource.split('/');
  try {
    const { status } = await http.send({
      right: {
        verb: 'create',
        group: 'authorization.k8s.io',
        resource: 'selfsubjectaccessreviews',
      },
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      contentType: 'application/json',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb: right.verb,
            group: right.group,
            resource,
            subresource,
            namespace: right.namespace,
          },
        },
      },
      schema: reviewSchema,
      signal,
      retry: true,
    });
    if (status.allowed) return { id, available: true };
    return {
      id,
      available: false,
      reason: `the connection's user may not ${describeRight(right)}${
        status.reason ? ` (${status.reason.slice(0, 200)})` : ''
      }`,
      remedy: grantRemedy(right),
    };
  } catch (error) {
    const { reason, remedy } = describeConnectionError(error);
    return { id, available: false, reason, remedy };
  }
}
