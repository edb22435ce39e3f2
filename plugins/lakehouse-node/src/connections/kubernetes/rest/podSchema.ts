import { z } from 'zod';
import type { KubernetesContainer, KubernetesPod } from '../KubernetesObjects';
import {
  count,
  list,
  metadata,
  optionalCount,
  optionalText,
  optionalTime,
} from './fields';
import { RESTARTED_AT } from './workloadSchema';

/** Labels that tell from which version of its template a pod is made. */
const REVISION_LABELS = ['controller-revision-hash', 'pod-template-hash'];

const state = z
  .object({
    waiting: z
      .object({ reason: optionalText, message: optionalText })
      .nullish(),
    terminated: z
      .object({
        reason: optionalText,
        exitCode: optionalCount,
        finishedAt: optionalTime,
      })
      .nullish(),
  })
  .nullish();

const container = z
  .object({
    name: z.string(),
    ready: z.boolean().default(false),
    restartCount: count,
    state,
    lastState: state,
  })
  .transform((found): KubernetesContainer => {
    const ended = found.state?.terminated ?? found.lastState?.terminated;
    const waiting = found.state?.waiting;
    return {
      name: found.name,
      ready: found.ready,
      restarts: found.restartCount,
      waiting: waiting?.reason
        ? { reason: waiting.reason, message: waiting.message }
        : undefined,
      lastTermination: ended
        ? {
            reason: ended.reason ?? 'Unknown',
            exitCode: ended.exitCode,
            at: ended.finishedAt,
          }
        : undefined,
    };
  });

/** Reads a pod. */
export const podSchema: z.ZodType<KubernetesPod> = z
  .object({
    metadata,
    spec: z.object({ nodeName: optionalText }).prefault({}),
    status: z
      .object({
        phase: z.string().default('Unknown'),
        startTime: optionalTime,
        initContainerStatuses: list(container),
        containerStatuses: list(container),
        conditions: list(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: optionalText,
            message: optionalText,
          }),
        ),
      })
      .prefault({}),
  })
  .transform(({ metadata: meta, spec, status }) => {
    const owner =
      meta.ownerReferences.find(({ controller }) => controller) ??
      meta.ownerReferences.at(0);
    const scheduled = status.conditions.find(
      ({ type }) => type === 'PodScheduled',
    );
    return {
      namespace: meta.namespace ?? '',
      name: meta.name,
      uid: meta.uid,
      owner: owner && `${owner.kind}/${owner.name}`,
      phase: status.phase,
      ready: status.conditions.some(
        one => one.type === 'Ready' && one.status === 'True',
      ),
      node: spec.nodeName,
      createdAt: meta.creationTimestamp,
      startedAt: status.startTime,
      deletedAt: meta.deletionTimestamp,
      revision: REVISION_LABELS.map(label => meta.labels[label]).find(Boolean),
      restartedAt: meta.annotations[RESTARTED_AT],
      containers: [
        // Those that have done their work say nothing any more.
        ...status.initContainerStatuses.filter(
          one => one.waiting || one.restarts > 0,
        ),
        ...status.containerStatuses,
      ],
      unschedulable:
        scheduled?.status === 'False'
          ? scheduled.message ?? scheduled.reason ?? 'not scheduled'
          : undefined,
    };
  });
