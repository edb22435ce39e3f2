import type { JsonObject } from '@backstage/types';
import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import type { SessionChange } from '../SessionChange';
import type { Walk } from './Walk';

/** What people read of a phase in the log. */
export function phaseTitle(step: RunStep | undefined, id: string): string {
  if (!step?.stepId) return step?.title ?? id;
  const entry = step.item ? ` (${step.item.label})` : '';
  return `${step.title}${entry}, ${step.kind}`;
}

/** The intent to do a phase. */
export function phaseBegun(
  walk: Walk,
  id: string,
  patch: Partial<RunStep> = {},
): SessionChange {
  const { session } = walk;
  const step = session.step(id);
  const at = new Date().toISOString();
  const verifying = step?.kind === 'verify' || id === 'verify';
  return {
    run: {
      state: verifying && !step?.item ? 'verifying' : 'running',
      startedAt: session.run.startedAt ?? at,
    },
    steps: [
      {
        id,
        patch: {
          state: 'running',
          startedAt: step?.startedAt ?? at,
          endedAt: undefined,
          ...patch,
        },
      },
    ],
    says: [{ message: `${phaseTitle(step, id)}: begun` }],
    audit: [{ event: 'step-begun', detail: { step: id } }],
  };
}

/** That a phase has ended, and how. */
export function phaseEnded(
  walk: Walk,
  id: string,
  patch: Partial<RunStep> = {},
): SessionChange {
  const state = patch.state ?? 'succeeded';
  const well = state === 'succeeded' || state === 'skipped';
  const said = state === 'succeeded' ? 'done' : state.replace('-', ' ');
  const title = phaseTitle(walk.session.step(id), id);
  const detail: JsonObject = { step: id, outcome: state };
  return {
    steps: [
      { id, patch: { state, endedAt: new Date().toISOString(), ...patch } },
    ],
    // How the only step went wrong is told with the end of its run.
    ...(walk.plan.single && !well
      ? {}
      : {
          says: [
            {
              message: patch.message
                ? `${title}: ${said}: ${patch.message}`
                : `${title}: ${said}`,
              level: well ? ('info' as const) : ('error' as const),
            },
          ],
          audit: [{ event: 'step-ended', detail }],
        }),
  };
}
