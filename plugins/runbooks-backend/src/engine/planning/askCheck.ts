import { randomUUID } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type ExpressionScope,
  referencedSteps,
  renderTemplate,
} from '@lakehouse-ops/plugin-runbooks-node';
import { FOREIGN_PREFIX } from '../../actionsRegistry/foreignId';
import { outputJson } from '../outputJson';
import { holds } from '../walk/holds';
import { withDeadline } from '../withDeadline';
import type { PlannedStep } from './PlannedStep';

const QUIET = { info() {}, warn() {}, error() {}, progress() {} };

/**
 * Asks a check before the run what it would be asked in it.
 *
 * @returns what it would stop the run with; undefined when it holds, and when
 * nothing can be told of it yet
 */
export async function askCheck(
  { step, call }: PlannedStep,
  options: {
    scope: ExpressionScope;
    /** Epoch milliseconds: the preview does not wait longer for it. */
    untilMs: number;
    signal: AbortSignal;
    credentials: BackstageCredentials;
  },
): Promise<string | undefined> {
  const { scope, untilMs, signal: outer, credentials } = options;
  const timeoutMs = untilMs - Date.now();
  if (step.kind !== 'check' || !call || timeoutMs <= 0) return undefined;
  // What others register may cost more than a look.
  if (call.action.id.startsWith(FOREIGN_PREFIX)) return undefined;
  const needs = [step.assert, [step.message]].flatMap(referencedSteps);
  if (needs.length > 0) return undefined;
  const { action } = call;
  try {
    const read = await withDeadline(
      { what: action.title, timeoutMs, signal: outer },
      signal =>
        action.execute({
          input: action.schema.input.parse(call.input),
          signal,
          credentials,
          runId: randomUUID(),
          log: QUIET,
          fingerprint: {},
          memory: {},
          remember: async () => {},
        }),
    );
    const output = outputJson(action, read);
    if (holds(step.assert, { ...scope, output })) return undefined;
    const told = renderTemplate(step.message, { ...scope, output });
    return typeof told === 'string' && told !== ''
      ? told
      : `It does not hold that ${step.assert}.`;
  } catch {
    outer.throwIfAborted();
    // The run asks it again, and says what is wrong with it.
    return undefined;
  }
}
