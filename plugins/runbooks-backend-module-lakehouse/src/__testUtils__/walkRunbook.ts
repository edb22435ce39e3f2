import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { startRunbooks } from './startRunbooks';

const LOOK_EVERY_MS = 100;
const SECOND_PERSON = 'user:default/second';

/** Walks a runbook to its end: a second person approves, and manual steps are answered. */
export async function walkRunbook(
  runbooks: Awaited<ReturnType<typeof startRunbooks>>,
  options: {
    runbookId: string;
    parameters: JsonObject;
    answers?: Record<string, JsonObject>;
    /** Called whenever it was looked at. */
    meanwhile?: (run: Run) => Promise<void> | void;
  },
): Promise<{ run: Run; approvedBy: string[] }> {
  const { runbookId, parameters, answers = {} } = options;
  const { client } = runbooks;
  const second = runbooks.clientOf(SECOND_PERSON);
  const preview = await runbooks.preview(runbookId, parameters);
  const { id } = await runbooks.start(preview);
  const approvedBy: string[] = [];
  for (;;) {
    const run = await client.getRun(id);
    await options.meanwhile?.(run);
    if (isFinalRunState(run.state)) return { run, approvedBy };
    const { waitingFor } = run;
    if (waitingFor?.kind === 'approval') {
      await second.decideApproval(id, {
        decision: 'approved',
        previewHash: waitingFor.previewHash,
      });
      approvedBy.push(SECOND_PERSON);
    } else if (waitingFor?.kind === 'answer') {
      const answer = answers[waitingFor.stepId];
      if (!answer) {
        throw new Error(
          `Nobody answers ${waitingFor.stepId}: ${waitingFor.instruction}`,
        );
      }
      await client.answerStep(id, { stepId: waitingFor.stepId, answer });
    } else if (waitingFor) {
      throw new Error(`It waits for ${JSON.stringify(waitingFor)}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}
