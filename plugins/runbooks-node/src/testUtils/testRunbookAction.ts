import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@backstage/types';
import type {
  PreviewContent,
  RunTarget,
  Verification,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import type { Reconciliation, RunbookAction } from '../createRunbookAction';
import { plainJson } from './plainJson';
import { RecordedRun, type RecordedLine } from './RecordedRun';

const ID = /^[a-z0-9-]+:[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SAMPLES = 20;

/** All that an action did and said while it was tried. @public */
export interface RunbookActionTrial<TOutput extends z.ZodType = z.ZodType> {
  readonly target: RunTarget;
  readonly lockKeys: readonly string[];
  readonly preview: PreviewContent;
  readonly fingerprint: JsonObject;
  readonly output: z.output<TOutput>;
  readonly verification: Verification;
  /** What a crash before it acted would have been told. */
  readonly reconciledBefore: Reconciliation<z.output<TOutput>>;
  /** What a crash right after it acted would have been told. */
  readonly reconciledAfter: Reconciliation<z.output<TOutput>>;
  readonly lines: readonly RecordedLine[];
  readonly memory: JsonObject;
}

/**
 * Tries an action as the engine runs it: preview, execute, verify, and reconcile
 * before and after. It throws for what would hurt in production:
 *
 * - an input that the schema does not take, an output that it does not, what is no
 *   plain JSON, an id or samples beyond what is allowed;
 * - target or lock keys that change from call to call, or no lock keys on what acts;
 * - a preview that changes what it looks at, so that two do not agree;
 * - acting although it was aborted before it began;
 * - reconcile that tells `done` before anything was done, or not `done` afterwards.
 *
 * Let `input` name something that can be acted on. What the action meant to do is for
 * the test itself to look at, with what is returned.
 *
 * @public
 */
export async function testRunbookAction<
  TInput extends z.ZodType,
  TOutput extends z.ZodType,
>(options: {
  action: RunbookAction<TInput, TOutput>;
  input: z.input<TInput>;
  /** The system can't tell afterwards; `reconcile` may answer `unknown`. */
  canNotTell?: boolean;
}): Promise<RunbookActionTrial<TOutput>> {
  const { action } = options;
  demand(
    ID.test(action.id),
    `The id '${action.id}' has to be written <system>:<kebab-case>.`,
  );
  const { readOnly, destructive } = action.attributes;
  demand(
    !(readOnly && destructive),
    'What only reads destroys nothing: attributes contradict.',
  );
  const parsed = await action.schema.input.safeParseAsync(options.input);
  if (!parsed.success) {
    throw new Error(
      `The input does not fit the schema: ${z.prettifyError(parsed.error)}`,
    );
  }
  const input = parsed.data;
  const { signal } = new AbortController();
  const run = new RecordedRun(randomUUID());

  const target = same('target', () => action.target(input));
  const lockKeys = same('lockKeys', () => action.lockKeys(input));
  demand(
    readOnly || lockKeys.length > 0,
    'lockKeys is empty, so that two runs could act on one thing at once. Give at least a key for its target.',
  );
  const allowance = await action.preflight({ target, signal });
  demand(
    allowance.allowed,
    `preflight refuses: ${allowance.allowed ? '' : allowance.reason}`,
  );

  const context = (fingerprint: JsonObject, of: RecordedRun = run) =>
    of.context({ input, fingerprint, signal });
  const look = async () => {
    const { content, fingerprint } = await action.preview(context({}));
    plainJson('The content of the preview', content);
    const { samples } = content;
    demand(
      !samples || samples.rows.length <= MAX_SAMPLES,
      `The preview has more than ${MAX_SAMPLES} samples.`,
    );
    return {
      content,
      fingerprint: plainJson('The fingerprint', fingerprint),
    };
  };
  const { content, fingerprint } = await look();
  const agree = async (after: string) => {
    const again = await look();
    demand(
      isDeepStrictEqual(again.fingerprint, fingerprint),
      `The fingerprint is not the same ${after}: ${JSON.stringify(
        fingerprint,
      )} and then ${JSON.stringify(
        again.fingerprint,
      )}. Keep out of it what changes by itself, and change nothing.`,
    );
  };
  await agree('when it is previewed again');

  if (!readOnly) {
    await demandObedience({ action, input, fingerprint });
    await agree('after a run that was aborted before it began');
  }
  const reconciledBefore = await action.reconcile(context(fingerprint));
  demand(
    reconciledBefore.state !== 'done',
    'reconcile tells that it is done before anything was done.',
  );
  await agree('after reconcile was asked');

  const output = await action.execute(context(fingerprint));
  const fits = await action.schema.output.safeParseAsync(output);
  demand(
    fits.success,
    `The output does not fit the schema: ${
      fits.success ? '' : z.prettifyError(fits.error)
    }`,
  );
  if (typeof output === 'object' && output !== null) {
    plainJson('The output', output);
  }
  for (const { share } of run.lines) {
    demand(
      share === undefined || (share >= 0 && share <= 1),
      `Progress is ${share}; it has to be from 0 to 1.`,
    );
  }
  const verification = await action.verify({
    ...context(fingerprint),
    output,
  });
  plainJson('The verification', verification);
  const reconciledAfter = await action.reconcile(context(fingerprint));
  demand(
    readOnly ||
      reconciledAfter.state === 'done' ||
      (options.canNotTell === true && reconciledAfter.state === 'unknown'),
    `reconcile tells '${reconciledAfter.state}' after it was done${
      reconciledAfter.state === 'done' ? '' : `: ${reconciledAfter.reason}`
    }`,
  );
  return {
    target,
    lockKeys,
    preview: content,
    fingerprint,
    output,
    verification,
    reconciledBefore,
    reconciledAfter,
    lines: run.lines,
    memory: run.memory,
  };
}

/** An action whose signal was aborted before it began has to throw and do nothing. */
async function demandObedience<
  TInput extends z.ZodType,
  TOutput extends z.ZodType,
>(options: {
  action: RunbookAction<TInput, TOutput>;
  input: z.output<TInput>;
  fingerprint: JsonObject;
}): Promise<void> {
  const { action, input, fingerprint } = options;
  const aborted = new RecordedRun(randomUUID());
  let ended = false;
  try {
    await action.execute(
      aborted.context({
        input,
        fingerprint,
        signal: AbortSignal.abort(new Error('Aborted by the test')),
      }),
    );
    ended = true;
  } catch {
    // What it throws then does not matter.
  }
  demand(
    !ended,
    'execute went on although its signal was aborted. Hand the signal on to all that waits, and call signal.throwIfAborted() before what changes something.',
  );
}

function same<T>(name: string, call: () => T): T {
  const first = call();
  demand(
    isDeepStrictEqual(first, call()),
    `${name} is not the same when it is called again.`,
  );
  return first;
}

function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}
