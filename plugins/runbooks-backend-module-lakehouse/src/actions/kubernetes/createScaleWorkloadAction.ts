import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { KubernetesActionOptions } from './actionContext';
import { autoscalerHints, requireScalable } from './scaleRules';
import { findWorkload } from './findWorkload';
import { judgeScale } from './judgeScale';
import { fingerprintOf, patchBound, workloadFingerprint } from './patchBound';
import { previewScale } from './previewScale';
import { wasLeft } from './waitForWorkload';
import { runningQueriesHint } from './workloadHints';
import { workloadActionFrame } from './workloadActionFrame';
import { refOf, workloadShape } from './workloadInput';

const inputSchema = z.object({
  ...workloadShape,
  kind: z
    .enum(['Deployment', 'StatefulSet'])
    .meta({ title: 'Kind', description: 'What kind of workload it is' }),
  replicas: z.number().int().min(0).max(10_000).meta({
    title: 'Replicas',
    description: 'How many pods there are to be',
  }),
});

const outputSchema = z.object({ replicas: z.number() });
const memorySchema = z.object({ asked: z.boolean().default(false) });

/** Sets how many pods a workload has, between the bounds of the config. */
export function createScaleWorkloadAction(options: KubernetesActionOptions) {
  const { connections, connectionChanged, trino } = options;
  const frame = workloadActionFrame({ ...options, subresource: 'scale' });

  return createRunbookAction({
    id: 'kubernetes:scale-workload',
    title: 'Scale workload',
    description:
      'Sets the number of pods of a Deployment or StatefulSet, between the bounds of the config.',
    verb: 'Scale',
    schema: { input: inputSchema, output: outputSchema },
    timeout: { minutes: 20 },
    ...frame.hooks,

    async preview({ input, signal }) {
      const connection = connections.get(input.connection);
      const ref = refOf(input);
      const { workload, pods, selection } = await findWorkload({
        connection,
        ref,
        signal,
      });
      requireScalable({ workload, selection, replicas: input.replicas });
      const warnings = await autoscalerHints({ connection, workload, signal });
      await patchBound({
        connection,
        ref,
        expected: fingerprintOf(workload),
        patch: resourceVersion =>
          connection.scale(ref, {
            resourceVersion,
            replicas: input.replicas,
            dryRun: true,
            signal,
          }),
      });
      if (input.replicas < workload.replicas.wanted) {
        warnings.push(
          ...(await runningQueriesHint({ trino, of: selection.of, signal })),
        );
      }
      return {
        content: previewScale({
          workload,
          pods,
          replicas: input.replicas,
          warnings,
        }),
        fingerprint: fingerprintOf(workload),
      };
    },

    async execute(context) {
      const { input, signal } = context;
      const connection = connections.get(input.connection);
      await context.remember({ asked: true });
      signal.throwIfAborted();
      const { replicas } = input;
      await frame.change(context, {
        patch: resourceVersion =>
          connection.scale(refOf(input), { resourceVersion, replicas }),
        accepted: `Kubernetes accepted ${replicas} replicas of ${input.kind} ${input.name}`,
        judge: look => judgeScale({ ...look, replicas }),
      });
      return { replicas };
    },

    async verify({ input, fingerprint, signal }) {
      const look = await frame.look(input, signal);
      const progress = judgeScale({ ...look, replicas: input.replicas });
      const ready = look.pods.filter(pod => pod.ready).length;
      const metrics = [
        {
          label: 'Replicas wanted',
          unit: 'count' as const,
          before: workloadFingerprint.parse(fingerprint).replicas,
          after: look.workload.replicas.wanted,
        },
        { label: 'Pods ready', unit: 'count' as const, after: ready },
      ];
      if (progress.state === 'done') {
        return {
          outcome: 'verified',
          summary: `${input.name} has ${input.replicas} pods, all ready.`,
          metrics,
        };
      }
      return {
        outcome:
          progress.state === 'overtaken' ? 'inconclusive' : 'not-verified',
        summary: progress.message,
        metrics,
      };
    },

    async reconcile(context) {
      const { input, signal } = context;
      if (!memorySchema.parse(context.memory).asked) {
        return {
          state: 'not-done',
          reason: 'The replicas had not been asked for yet.',
        };
      }
      connectionChanged(input.connection);
      const look = await frame.look(input, signal);
      const { generation } = workloadFingerprint.parse(context.fingerprint);
      if (look.workload.generation === generation) {
        return {
          state: 'not-done',
          reason: `${input.name} is as it was in the preview.`,
        };
      }
      const progress = judgeScale({ ...look, replicas: input.replicas });
      switch (progress.state) {
        case 'done':
          return { state: 'done', output: { replicas: input.replicas } };
        case 'overtaken':
          return { state: 'unknown', reason: progress.message };
        case 'stuck':
          return { state: 'partly-done', reason: progress.message };
        default:
          return wasLeft(context)
            ? {
                state: 'partly-done',
                reason: `Kubernetes has accepted the number and goes on by itself: ${progress.message}`,
              }
            : { state: 'in-progress', reason: progress.message };
      }
    },
  });
}
