import type { KubernetesHttp } from '../http/KubernetesHttp';
import type {
  KubernetesChangeOptions,
  KubernetesWorkloadRef,
} from '../KubernetesConnection';
import type { KubernetesWorkload } from '../KubernetesObjects';
import { RESOURCE_OF_KIND } from '../workloadKinds';
import { workloadPath } from './paths';
import { RESTARTED_AT, workloadSchema } from './workloadSchema';

/** The content type must be named: the API server answers 415 to a patch in plain JSON. */
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';

/** Changes an annotation of the pod template, bound to a version of the workload. */
export function restartWorkload(
  http: KubernetesHttp,
  ref: KubernetesWorkloadRef,
  options: KubernetesChangeOptions & { restartedAt: string },
): Promise<KubernetesWorkload> {
  return http.send({
    right: {
      verb: 'patch',
      group: 'apps',
      resource: RESOURCE_OF_KIND[ref.kind],
      namespace: ref.namespace,
    },
    name: ref.name,
    method: 'PATCH',
    path: workloadPath(ref),
    query: { dryRun: options.dryRun ? 'All' : undefined },
    contentType: STRATEGIC_MERGE_PATCH,
    body: {
      metadata: { resourceVersion: options.resourceVersion },
      spec: {
        template: {
          metadata: { annotations: { [RESTARTED_AT]: options.restartedAt } },
        },
      },
    },
    schema: workloadSchema(ref.kind),
    signal: options.signal,
  });
}
