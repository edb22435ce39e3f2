import {
  describeConnectionError,
  RESOURCE_OF_KIND,
  rolloutOf,
  WORKLOAD_KINDS,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { sentence } from '../shared/sentence';
import type { KubernetesActionOptions } from './actionContext';
import { describePods, restartsOf } from './describePods';
import { findWorkload } from './findWorkload';
import {
  refOf,
  refOfTarget,
  workloadShape,
  workloadTarget,
} from './workloadInput';

const OUT_OF_MEMORY = 'OOMKilled';
const MAX_PODS = 100;

const inputSchema = z.object({
  ...workloadShape,
  kind: z
    .enum(WORKLOAD_KINDS)
    .meta({ title: 'Kind', description: 'What kind of workload it is' }),
});

const outputSchema = z.object({
  wanted: z.number(),
  ready: z.number(),
  rollout: z.string(),
  message: z.string().optional(),
  /** Of all its pods, since they were made. */
  restarts: z.number(),
  /** Pods of which a container was ended for its memory. */
  outOfMemory: z.number(),
  /** Pods that no node takes. */
  unschedulable: z.number(),
  /** Why the pods that are not ready are not. */
  notReady: z.array(z.object({ pod: z.string(), reason: z.string() })),
  image: z.string().optional(),
});

/** Looks at a workload and its pods. */
export function createCheckWorkloadAction({
  connections,
}: Pick<KubernetesActionOptions, 'connections'>) {
  return createCheckAction({
    id: 'kubernetes:check-workload',
    title: 'Check workload',
    description:
      'Tells how many pods of a workload are ready, how often they were restarted, and why those that are not ready are not.',
    schema: { input: inputSchema, output: outputSchema },
    timeout: { minutes: 1 },
    target: workloadTarget,

    async preflight({ target }) {
      const ref = refOfTarget(target);
      if (!ref) {
        return {
          allowed: false,
          reason: `'${target.name}' names no workload.`,
          remedy: 'Write <namespace>/<kind>/<name>.',
        };
      }
      try {
        const { capabilities } = await connections
          .get(target.connection)
          .capabilities();
        const missing = [`${RESOURCE_OF_KIND[ref.kind]}.get`, 'pods.list']
          .map(right => `${ref.namespace}/${right}`)
          .map(id => capabilities.find(one => one.id === id) ?? id)
          .find(one => typeof one === 'string' || !one.available);
        if (missing === undefined) return { allowed: true };
        return {
          allowed: false,
          reason:
            typeof missing === 'string'
              ? `${target.name} is not among the workloads of Kubernetes connection '${target.connection}'.`
              : `Lakehouse Ops can't look at it: ${sentence(
                  missing.reason ?? 'the right is missing',
                )}`,
          remedy:
            typeof missing === 'string'
              ? 'Name it under lakehouse.kubernetes.connections[].workloads.'
              : missing.remedy && sentence(missing.remedy),
        };
      } catch (error) {
        const { reason, remedy } = describeConnectionError(error);
        return {
          allowed: false,
          reason: `Kubernetes ${target.connection} can't be asked: ${sentence(
            reason,
          )}`,
          remedy: sentence(remedy),
        };
      }
    },

    async look({ input, signal }) {
      const { workload, pods } = await findWorkload({
        connection: connections.get(input.connection),
        ref: refOf(input),
        signal,
      });
      const rollout = rolloutOf({ workload, pods, nowMs: Date.now() });
      const rows = describePods(pods.filter(({ ready }) => !ready))?.rows ?? [];
      return {
        wanted: workload.replicas.wanted,
        ready: pods.filter(({ ready }) => ready).length,
        rollout: rollout.state,
        message: rollout.message,
        restarts: restartsOf(pods),
        outOfMemory: pods.filter(({ containers }) =>
          containers.some(
            ({ lastTermination }) => lastTermination?.reason === OUT_OF_MEMORY,
          ),
        ).length,
        unschedulable: pods.filter(pod => pod.unschedulable).length,
        notReady: rows
          .slice(0, MAX_PODS)
          .map(([pod, , reason]) => ({ pod, reason })),
        image: workload.images.at(0),
      };
    },

    report: ({ name }, output) => ({
      summary: `${name}: ${output.ready} of ${output.wanted} pods are ready, ${
        output.restarts
      } restarts, ${output.outOfMemory} ended for memory${
        output.message ? `. ${output.message}` : '.'
      }`,
      metrics: [
        {
          label: 'Pods ready',
          unit: 'count',
          after: output.ready,
          better: 'higher',
        },
        { label: 'Pods wanted', unit: 'count', after: output.wanted },
        {
          label: 'Restarts',
          unit: 'count',
          after: output.restarts,
          better: 'lower',
        },
      ],
      samples: {
        columns: ['Pod', 'Why it is not ready'],
        rows: output.notReady.map(({ pod, reason }) => [pod, reason]),
        total: output.notReady.length,
      },
    }),
  });
}
