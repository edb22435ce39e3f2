import { z } from 'zod';
import type { KubernetesWorkload } from '../KubernetesObjects';
import {
  count,
  labelSelector,
  list,
  metadata,
  optionalCount,
  optionalText,
  optionalTime,
  textMap,
} from './fields';
import { selectorText } from './selectorText';

/** The annotation by which `kubectl rollout restart` has pods replaced. */
export const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

const amount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(value =>
    value === null || value === undefined ? undefined : `${value}`,
  );

const strategy = z
  .object({
    type: optionalText,
    rollingUpdate: z
      .object({ maxUnavailable: amount, partition: optionalCount })
      .nullish(),
  })
  .nullish();

const condition = z
  .object({
    type: z.string(),
    status: z.string(),
    reason: optionalText,
    message: optionalText,
    lastTransitionTime: optionalTime,
    lastUpdateTime: optionalTime,
  })
  .transform(({ lastTransitionTime, lastUpdateTime, ...rest }) => ({
    ...rest,
    at: lastUpdateTime ?? lastTransitionTime,
  }));

const workload = z.object({
  metadata,
  spec: z.object({
    replicas: optionalCount,
    paused: z.boolean().optional(),
    selector: labelSelector,
    strategy,
    updateStrategy: strategy,
    template: z.object({
      metadata: z.object({ annotations: textMap }).nullish(),
      spec: z.object({
        containers: list(z.object({ image: optionalText })),
      }),
    }),
  }),
  status: z
    .object({
      observedGeneration: optionalCount,
      replicas: count,
      readyReplicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      desiredNumberScheduled: count,
      currentNumberScheduled: count,
      numberReady: count,
      updatedNumberScheduled: count,
      numberAvailable: count,
      currentRevision: optionalText,
      updateRevision: optionalText,
      conditions: list(condition),
    })
    .prefault({}),
});

/** Reads a workload of one kind. */
export function workloadSchema(
  kind: KubernetesWorkload['kind'],
): z.ZodType<KubernetesWorkload> {
  return workload.transform(({ metadata: meta, spec, status }) => {
    const how = spec.strategy ?? spec.updateStrategy;
    return {
      namespace: meta.namespace ?? '',
      kind,
      name: meta.name,
      labels: meta.labels,
      uid: meta.uid,
      resourceVersion: meta.resourceVersion,
      generation: meta.generation,
      observedGeneration: status.observedGeneration,
      podSelector: selectorText(spec.selector),
      paused: spec.paused ?? false,
      strategy: how?.type,
      maxUnavailable: how?.rollingUpdate?.maxUnavailable,
      partition: how?.rollingUpdate?.partition,
      replicas:
        kind === 'DaemonSet'
          ? {
              wanted: status.desiredNumberScheduled,
              current: status.currentNumberScheduled,
              ready: status.numberReady,
              updated: status.updatedNumberScheduled,
              available: status.numberAvailable,
            }
          : {
              // The API server's default where the spec tells none.
              wanted: spec.replicas ?? 1,
              current: status.replicas,
              ready: status.readyReplicas,
              updated: status.updatedReplicas,
              available: status.availableReplicas,
            },
      currentRevision: status.currentRevision,
      updateRevision: status.updateRevision,
      conditions: status.conditions,
      images: spec.template.spec.containers.flatMap(({ image }) => image ?? []),
      restartedAt: spec.template.metadata?.annotations[RESTARTED_AT],
    };
  });
}
