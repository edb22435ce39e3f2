import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  Verification,
  VerifyStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { mergeChanges } from '../SessionChange';
import { interruptedHere } from './interrupted';
import { holds } from './holds';
import { keptOutput } from './keptOutput';
import { metricsOf, summaryOf } from './metricsOf';
import { phaseBegun, phaseEnded } from './phaseChanges';
import { readAction } from './readAction';
import { phaseId } from './RunPlan';
import { failed, type StepOutcome, SUCCEEDED } from './StepOutcome';
import type { Walk } from './Walk';
import { scopeOf } from './WalkScope';

/** What was read last, and what came of it. */
interface LastRead {
  readonly output?: JsonObject;
  readonly reached: boolean;
  /** Why it could not be told. */
  readonly trouble?: string;
}

/** Reads until what was to be reached is reached, or the time is up. */
export async function walkVerify(
  walk: Walk,
  step: VerifyStep,
): Promise<StepOutcome> {
  const { session, stop, cancel } = walk;
  const id = phaseId(walk.plan, step.id, 'verify');
  const { since = new Date().toISOString(), before = null } =
    session.stepRecord(step.id);
  session.note(
    mergeChanges(phaseBegun(walk, id), { records: [{ key: step.id, since }] }),
  );
  const untilMs = Date.parse(since) + step.withinMs;
  const signal = AbortSignal.any([stop, cancel]);
  let last = await readOnce(walk, step, before);
  while (!last.reached && Date.now() + step.everyMs <= untilMs) {
    // Why it ended early is looked at below.
    await sleep(step.everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    const next = await readOnce(walk, step, before);
    last = { ...next, output: next.output ?? last.output };
  }
  const interrupted = last.reached
    ? undefined
    : interruptedHere(walk, phaseEnded(walk, id, { state: 'cancelled' }));
  if (interrupted) return interrupted;
  const verification = verificationOf(walk, step, last, before);
  const { summary: message } = verification;
  const output = keptOutput(walk, last.output ?? null);
  if (verification.outcome === 'not-verified') {
    return failed(
      {
        step: id,
        message,
        nextStep: 'Look at what it found, then make a new preview.',
      },
      mergeChanges(
        phaseEnded(walk, id, { state: 'failed', verification, message }),
        { records: [{ key: step.id, output }] },
      ),
    );
  }
  session.note(
    mergeChanges(phaseEnded(walk, id, { verification, message }), {
      records: [{ key: step.id, state: 'succeeded', output }],
    }),
  );
  return SUCCEEDED;
}

async function readOnce(
  walk: Walk,
  step: VerifyStep,
  before: JsonValue,
): Promise<LastRead> {
  let output: JsonObject | undefined;
  try {
    output = await readAction(walk, step);
    return {
      output,
      reached: holds(step.assert, scopeOf(walk, { output, before })),
    };
  } catch (error) {
    const { message } = toError(error);
    if (!walk.stop.aborted && !walk.cancel.aborted) {
      walk.session.log.info(`${step.title}: ${message}`);
    }
    return { output, reached: false, trouble: message };
  }
}

function verificationOf(
  walk: Walk,
  step: VerifyStep,
  { output, reached, trouble }: LastRead,
  before: JsonValue,
): Verification {
  const metrics = metricsOf(walk, step, { before, after: output ?? null });
  if (reached) {
    return {
      outcome: 'verified',
      summary: summaryOf(metrics) ?? `It holds that ${step.assert}.`,
      metrics,
    };
  }
  const within = `${step.withinMs / 1000} s`;
  if (trouble) {
    return {
      outcome: 'inconclusive',
      summary: `Whether it was reached could not be read within ${within}: ${trouble}`,
      metrics,
    };
  }
  return {
    outcome: 'not-verified',
    summary: [`It was not reached within ${within}.`, summaryOf(metrics)]
      .filter(Boolean)
      .join(' '),
    metrics,
  };
}
