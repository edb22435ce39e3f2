import { z } from 'zod';
import type {
  KubernetesAutoscaler,
  KubernetesDisruptionBudget,
  KubernetesEvent,
} from '../KubernetesObjects';
import {
  count,
  labelSelector,
  metadata,
  optionalCount,
  optionalText,
  optionalTime,
} from './fields';
import { selectorText } from './selectorText';

const MAX_MESSAGE = 1000;

/** Reads an event of the core group; its newest time stands in one of several fields. */
export const eventSchema: z.ZodType<KubernetesEvent> = z
  .object({
    metadata,
    type: optionalText,
    reason: optionalText,
    message: optionalText,
    count: optionalCount,
    firstTimestamp: optionalTime,
    lastTimestamp: optionalTime,
    eventTime: optionalTime,
    series: z
      .object({ count: optionalCount, lastObservedTime: optionalTime })
      .nullish(),
    involvedObject: z.object({
      kind: z.string().default(''),
      name: z.string().default(''),
      uid: optionalText,
    }),
  })
  .transform(event => ({
    at:
      event.series?.lastObservedTime ??
      event.lastTimestamp ??
      event.eventTime ??
      event.metadata.creationTimestamp ??
      new Date(0).toISOString(),
    firstAt: event.firstTimestamp ?? event.eventTime,
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: (event.message ?? '').slice(0, MAX_MESSAGE),
    count: event.series?.count ?? event.count ?? 1,
    object: `${event.involvedObject.kind}/${event.involvedObject.name}`,
    objectUid: event.involvedObject.uid,
  }));

/** Reads a HorizontalPodAutoscaler. */
export const autoscalerSchema: z.ZodType<KubernetesAutoscaler> = z
  .object({
    metadata,
    spec: z.object({
      minReplicas: optionalCount,
      maxReplicas: count,
      scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    }),
  })
  .transform(({ metadata: meta, spec }) => ({
    name: meta.name,
    targetKind: spec.scaleTargetRef.kind,
    targetName: spec.scaleTargetRef.name,
    min: spec.minReplicas ?? 1,
    max: spec.maxReplicas,
  }));

/** Reads a PodDisruptionBudget. */
export const disruptionBudgetSchema: z.ZodType<KubernetesDisruptionBudget> = z
  .object({
    metadata,
    spec: z.object({ selector: labelSelector }).prefault({}),
    status: z
      .object({
        disruptionsAllowed: count,
        currentHealthy: count,
        desiredHealthy: count,
      })
      .prefault({}),
  })
  .transform(({ metadata: meta, spec, status }) => ({
    name: meta.name,
    podSelector: selectorText(spec.selector),
    ...status,
  }));
