import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { KubernetesHttp } from '../http/KubernetesHttp';
import type {
  KubernetesChangeOptions,
  KubernetesWorkloadRef,
} from '../KubernetesConnection';
import { RESOURCE_OF_KIND } from '../workloadKinds';
import { count } from './fields';
import { workloadPath } from './paths';

const scaleSchema = z
  .object({ spec: z.object({ replicas: count }).prefault({}) })
  .transform(({ spec }) => spec);

/** Sets the replicas by the `scale` subresource, bound to a version of the workload. */
export function scaleWorkload(
  http: KubernetesHttp,
  ref: KubernetesWorkloadRef,
  options: KubernetesChangeOptions & { replicas: number },
): Promise<{ readonly replicas: number }> {
  if (ref.kind === 'DaemonSet') {
    throw new InputError(
      `${ref.name} is a DaemonSet: it runs one pod on each node and has no number of replicas.`,
    );
  }
  return http.send({
    right: {
      verb: 'patch',
      group: 'apps',
      resource: `${RESOURCE_OF_KIND[ref.kind]}/scale`,
      namespace: ref.namespace,
    },
    name: ref.name,
    method: 'PATCH',
    path: `${workloadPath(ref)}/scale`,
    query: { dryRun: options.dryRun ? 'All' : undefined },
    contentType: 'application/merge-patch+json',
    body: {
      metadata: { resourceVersion: options.resourceVersion },
      spec: { replicas: options.replicas },
    },
    schema: scaleSchema,
    signal: options.signal,
  });
}
