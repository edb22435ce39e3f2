import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { CrashCase, Prepared } from './cases/CrashCase';

/** What became of one run, and what is wrong with that, if anything. */
export interface Verdict {
  readonly state: string;
  /** What the run says, when it did not succeed. */
  readonly said?: string;
  readonly wrong?: string;
  /** It was not killed at its point at all, so that nothing was tried. */
  readonly untried?: true;
}

/** Compares what a run says of itself with what its system says. */
export async function judge(options: {
  run: Run;
  prepared: Prepared;
  crashCase: CrashCase;
}): Promise<Verdict> {
  const { run, prepared, crashCase } = options;
  const truth = await prepared.look();
  const effects = await prepared.effects?.();
  const { state } = run;
  const said = [run.error?.message, run.error?.alreadyDone]
    .filter(Boolean)
    .join(' ');
  const wrong = () => {
    if (effects !== undefined && effects > 1) {
      return `it took effect ${effects} times`;
    }
    switch (state) {
      case 'succeeded':
        return truth === 'done' ? undefined : `the system says ${truth}`;
      case 'failed':
      case 'cancelled':
        // An idempotent action of which nothing tells a failure is simply repeated.
        return truth === 'done'
          ? `the system has done it, and the run says: ${said}`
          : undefined;
      case 'outcome-unknown':
        return crashCase.mayBeUnknown?.(run)
          ? undefined
          : `the system can tell (${truth}), and the run says: ${said}`;
      default:
        return `it never ended: ${JSON.stringify(run.waitingFor ?? run.steps)}`;
    }
  };
  return {
    state,
    said: state === 'succeeded' ? undefined : said,
    wrong: wrong(),
  };
}
