import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ForwardedError, InputError, toError } from '@backstage/errors';
import { boundPreviewContent } from '../boundPreviewContent';
import { MAX_NOTE_LENGTH } from '../limits';
import { askCheck } from './askCheck';
import { mapLimited } from './mapLimited';
import type { LookedAtStep, PlannedCall, PlannedStep } from './PlannedStep';
import type { RunbookPlan } from './planRunbook';

const LOOKS_AT_ONCE = 4;
/** What a preview waits for its checks, all together; the run asks them again in any case. */
const ASK_CHECKS_MS = 10_000;

/**
 * Previews for real what can be previewed before the run: at most four steps
 * at once. Nothing is changed by it.
 *
 * @throws what a preview throws, with the step's name before it
 */
export async function lookAtSteps(
  { steps, scope }: Pick<RunbookPlan, 'steps' | 'scope'>,
  options: { signal: AbortSignal; credentials: BackstageCredentials },
): Promise<LookedAtStep[]> {
  const { signal, credentials } = options;
  const untilMs = Date.now() + ASK_CHECKS_MS;
  const asItIs = new Set(beforeAnyChange(steps));
  return mapLimited(
    steps,
    LOOKS_AT_ONCE,
    async (entry): Promise<LookedAtStep> => {
      const { call } = entry;
      if (!call) return entry;
      signal.throwIfAborted();
      try {
        const input = call.action.schema.input.parse(call.input);
        const looked = await call.action.preview({
          input,
          signal,
          credentials,
        });
        assertSmall(call, JSON.stringify(looked.fingerprint).length);
        const stops = asItIs.has(entry)
          ? await askCheck(entry, { scope, untilMs, signal, credentials })
          : undefined;
        return {
          ...entry,
          ...(stops === undefined
            ? {}
            : { warning: `As it is now, the run would stop here: ${stops}` }),
          content: boundPreviewContent(looked.content),
          fingerprint: looked.fingerprint,
        };
      } catch (error) {
        throw new ForwardedError(
          `Step ${entry.key} (${entry.title}) can't be previewed`,
          toError(error),
        );
      }
    },
  );
}

/** The steps that find everything as it is now. */
function beforeAnyChange(steps: readonly PlannedStep[]): PlannedStep[] {
  const change = steps.findIndex(
    ({ step, section, known }) =>
      section !== 'steps' ||
      (known !== 'skipped' &&
        (step.kind === 'action' || step.kind === 'manual')),
  );
  return change === -1 ? [...steps] : steps.slice(0, change);
}

function assertSmall({ action }: PlannedCall, length: number): void {
  if (length <= MAX_NOTE_LENGTH) return;
  throw new InputError(
    `What identifies the state of the target of ${action.id} is over ${MAX_NOTE_LENGTH} characters.`,
  );
}
