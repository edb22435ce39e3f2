import type {
  Reconciliation,
  RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { formatCount } from './describeKeys';
import { rememberedTally } from './keys/RunReporter';

/** What is true of a run over keys whose end nobody saw, from what it wrote down. */
export async function reconcileKeys<TOutput>(
  context: RunbookRunContext<unknown>,
  options: {
    /** What became of the keys: "gone". */
    done: string;
    output: (tally: { changed: number; limited: boolean }) => TOutput;
  },
): Promise<Reconciliation<TOutput>> {
  const { changed, uncertain = 0, ended, limited } = rememberedTally(context);
  if (changed === undefined) {
    return { state: 'not-done', reason: 'No key was sent to the server yet.' };
  }
  const open = uncertain
    ? ` ${formatCount(
        uncertain,
      )} more were sent when the connection broke, and may be ${
        options.done
      } or not.`
    : '';
  if (ended && changed === 0 && !uncertain) {
    return { state: 'not-done', reason: 'No key was changed.' };
  }
  // It came to its end, and only saying so was left; an uncertain key was settled by going over it again.
  if (limited !== undefined) {
    return { state: 'done', output: options.output({ changed, limited }) };
  }
  return {
    state: 'partly-done',
    reason: `${ended ? '' : 'At least '}${formatCount(changed)} keys are ${
      options.done
    }; the rest was not reached.${open}`,
  };
}
