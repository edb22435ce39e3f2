import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ConnectionDeniedError,
  describeConnectionError,
  type KubernetesConnection,
  type KubernetesWorkloadRef,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { type FoundWorkload, lookAt } from './findWorkload';

/** What a look at a workload means for a wait. */
export type Progress =
  | { readonly state: 'done' }
  | {
      readonly state: 'going-on';
      readonly share: number;
      readonly message: string;
    }
  /** It will not end by waiting. */
  | { readonly state: 'stuck'; readonly message: string }
  /** Somebody else wants something else by now. */
  | { readonly state: 'overtaken'; readonly message: string };

type Look = Omit<FoundWorkload, 'selection'>;

const interruptionSchema = z.object({ kind: z.enum(['cancel', 'timeout']) });
const memorySchema = z.object({ leftBecause: z.string().optional() });

/**
 * Looks at a workload until what was asked for is done. An API server that does not
 * answer for a while is asked again.
 *
 * @throws ConflictError when it is stuck or overtaken, NotFoundError when the workload
 * is removed, and the signal's reason when it is aborted: the rollout goes on then, and
 * that is remembered for {@link wasLeft}
 */
export async function waitForWorkload(
  context: RunbookRunContext<unknown>,
  options: {
    connection: KubernetesConnection;
    ref: KubernetesWorkloadRef;
    pollMs: number;
    judge: (look: Look) => Progress;
  },
): Promise<Look> {
  const { connection, ref, pollMs, judge } = options;
  const { log, signal } = context;
  let said = '';
  const tell = (share: number, message: string) => {
    if (message !== said) log.progress(share, message);
    said = message;
  };
  const missed = (error: unknown): undefined => {
    if (isFinal(error) || signal.aborted) throw error;
    const { reason } = describeConnectionError(error);
    if (reason !== said) log.warn(`Kubernetes can't be asked: ${reason}`);
    said = reason;
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      const look: Look | undefined = await lookAt({
        connection,
        ref,
        signal,
      }).catch(missed);
      if (look) {
        const progress = judge(look);
        if (progress.state === 'done') return look;
        if (progress.state !== 'going-on') {
          throw new ConflictError(progress.message);
        }
        tell(progress.share, progress.message);
      }
      await sleep(pollMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    const why = interruptionSchema.safeParse(signal.reason);
    // A process that is shut down leaves the wait to the next one.
    if (why.success) await context.remember({ leftBecause: why.data.kind });
    throw signal.reason;
  }
}

/** Whether the run was cancelled or timed out after its change was accepted. */
export function wasLeft(context: RunbookRunContext<unknown>): boolean {
  return memorySchema.parse(context.memory).leftBecause !== undefined;
}

function isFinal(error: unknown): boolean {
  return (
    error instanceof NotFoundError || error instanceof ConnectionDeniedError
  );
}
