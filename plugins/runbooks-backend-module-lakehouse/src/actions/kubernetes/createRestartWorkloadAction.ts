import { ConflictError } from '@backstage/errors';
import {
  rolloutOf,
  WORKLOAD_KINDS,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { createRunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import type { KubernetesActionOptions } from './actionContext';
import { restartsOf } from './describePods';
import { findWorkload } from './findWorkload';
import { judgeRestart } from './judgeRestart';
import { fingerprintOf, patchBound, workloadFingerprint } from './patchBound';
import { previewRestart } from './previewRestart';
import { verifyRestart } from './verifyRestart';
import { wasLeft } from './waitForWorkload';
import { disruptionBudgetHints, runningQueriesHint } from './workloadHints';
import { workloadActionFrame } from './workloadActionFrame';
import { refOf, workloadShape } from './workloadInput';

const inputSchema = z.object({
  ...workloadShape,
  kind: z
    .enum(WORKLOAD_KINDS)
    .meta({ title: 'Kind', description: 'What kind of workload it is' }),
});

const outputSchema = z.object({
  restartedAt: z.string(),
  restartsBefore: z.number(),
});

const memorySchema = z.object({
  restartedAt: z.string().optional(),
  restartsBefore: z.number().default(0),
});

/** Replaces all pods of a workload, by its own strategy. */
export function createRestartWorkloadAction(options: KubernetesActionOptions) {
  const { connections, connectionChanged, trino } = options;
  const frame = workloadActionFrame(options);

  return createRunbookAction({
    id: 'kubernetes:restart-workload',
    title: 'Restart workload',
    description:
      'Replaces all pods of a Deployment, StatefulSet or DaemonSet, as kubectl rollout restart does.',
    verb: 'Restart',
    schema: { input: inputSchema, output: outputSchema },
    timeout: { minutes: 30 },
    ...frame.hooks,

    async preview({ input, signal }) {
      const connection = connections.get(input.connection);
      const found = await findWorkload({
        connection,
        ref: refOf(input),
        signal,
      });
      const { workload, pods, selection } = found;
      const rollout = rolloutOf({ workload, pods, nowMs: Date.now() });
      if (workload.paused || workload.strategy === 'OnDelete') {
        throw new ConflictError(
          workload.paused
            ? `The rollout of ${input.name} is paused, so that no pod would be replaced. Resume it first (kubectl rollout resume).`
            : `${input.name} replaces its pods only when somebody deletes them (strategy OnDelete), so that a restart would change nothing. Delete the pods one by one.`,
        );
      }
      await patchBound({
        connection,
        ref: refOf(input),
        expected: fingerprintOf(workload),
        patch: resourceVersion =>
          connection.restart(refOf(input), {
            resourceVersion,
            restartedAt: new Date().toISOString(),
            dryRun: true,
            signal,
          }),
      });
      const hints = await Promise.all([
        runningQueriesHint({ trino, of: selection.of, signal }),
        disruptionBudgetHints({
          connection,
          namespace: input.namespace,
          pods,
          signal,
        }),
      ]);
      return {
        content: previewRestart({
          workload,
          pods,
          rollout,
          hints: hints.flat(),
        }),
        fingerprint: fingerprintOf(workload),
      };
    },

    async execute(context) {
      const { input, remember, signal } = context;
      const connection = connections.get(input.connection);
      const { pods } = await frame.look(input, signal);
      const restartsBefore = restartsOf(pods);
      // By this value the restart is known again, and told from those of others.
      const restartedAt = new Date().toISOString();
      await remember({ restartedAt, restartsBefore });
      signal.throwIfAborted();
      await frame.change(context, {
        patch: resourceVersion =>
          connection.restart(refOf(input), { resourceVersion, restartedAt }),
        accepted: `Kubernetes accepted the restart of ${input.kind} ${input.name} (${restartedAt})`,
        judge: look => judgeRestart({ ...look, restartedAt }),
      });
      return { restartedAt, restartsBefore };
    },

    async verify({ input, output, signal }) {
      const look = await frame.look(input, signal);
      return verifyRestart({ ...look, ...output });
    },

    async reconcile(context) {
      const { input, signal } = context;
      const { restartedAt, restartsBefore } = memorySchema.parse(
        context.memory,
      );
      if (restartedAt === undefined) {
        return {
          state: 'not-done',
          reason: 'The restart had not been asked for yet.',
        };
      }
      connectionChanged(input.connection);
      const look = await frame.look(input, signal);
      const { generation } = workloadFingerprint.parse(context.fingerprint);
      if (look.workload.restartedAt !== restartedAt) {
        return look.workload.generation === generation
          ? {
              state: 'not-done',
              reason: `${input.name} is as it was in the preview.`,
            }
          : {
              state: 'unknown',
              reason: `${input.name} does not carry the mark of this restart, and was changed since the preview: whether it was restarted before that can't be told.`,
            };
      }
      const progress = judgeRestart({ ...look, restartedAt });
      if (progress.state === 'done') {
        return { state: 'done', output: { restartedAt, restartsBefore } };
      }
      if (progress.state !== 'going-on') {
        return { state: 'partly-done', reason: progress.message };
      }
      return wasLeft(context)
        ? {
            state: 'partly-done',
            reason: `Kubernetes has accepted the restart and goes on with it by itself: ${progress.message}`,
          }
        : { state: 'in-progress', reason: progress.message };
    },
  });
}
