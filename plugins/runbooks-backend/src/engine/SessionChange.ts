import type { JsonObject } from '@backstage/types';
import type { Run, RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunChange, StepRecord } from '../store/RunStore';

/** What is to change of a run that is held. */
export interface SessionChange {
  readonly run?: Omit<RunChange, 'steps' | 'stepRecords'>;
  /** Set on the steps with these ids. */
  readonly steps?: ReadonlyArray<{
    readonly id: string;
    readonly patch: Partial<Omit<RunStep, 'id'>>;
  }>;
  /** Puts steps in the place of others. */
  readonly replaced?: {
    readonly ids: readonly string[];
    readonly by: readonly RunStep[];
  };
  /** Set on what is kept under these keys. */
  readonly records?: readonly StepRecord[];
  /** Lines of the run's log. */
  readonly says?: ReadonlyArray<{
    readonly message: string;
    readonly level?: 'info' | 'warn' | 'error';
  }>;
  readonly audit?: ReadonlyArray<{
    readonly event: string;
    readonly detail: JsonObject;
  }>;
}

/** Several changes as one; of the same field the last one stands. */
export function mergeChanges(
  ...changes: readonly SessionChange[]
): SessionChange {
  return {
    run: changes.reduce<SessionChange['run']>(
      (all, { run }) => ({ ...all, ...run }),
      undefined,
    ),
    steps: changes.flatMap(change => change.steps ?? []),
    replaced: changes.find(change => change.replaced)?.replaced,
    records: changes.flatMap(change => change.records ?? []),
    says: changes.flatMap(change => change.says ?? []),
    audit: changes.flatMap(change => change.audit ?? []),
  };
}

/** The run as it is with a change, and what of it is to be written. */
export function applySessionChange(
  run: Run,
  change: SessionChange,
): { run: Run; records: readonly StepRecord[]; columns: RunChange } {
  const steps = patchedSteps(run.steps, change);
  const columns: RunChange = {
    ...change.run,
    ...(steps === run.steps ? {} : { steps }),
  };
  const waitingFor =
    columns.state === undefined ? run.waitingFor : columns.waitingFor;
  return {
    run: { ...run, ...columns, waitingFor },
    records: change.records ?? [],
    columns,
  };
}

function patchedSteps(
  steps: readonly RunStep[],
  { replaced, steps: patches = [] }: SessionChange,
): readonly RunStep[] {
  if (!replaced && patches.length === 0) return steps;
  const set = replaced ? withReplaced(steps, replaced) : steps;
  return set.map(step =>
    patches
      .filter(patch => patch.id === step.id)
      .reduce<RunStep>((all, { patch }) => ({ ...all, ...patch }), step),
  );
}

function withReplaced(
  steps: readonly RunStep[],
  { ids, by }: NonNullable<SessionChange['replaced']>,
): readonly RunStep[] {
  const place = steps.findIndex(step => ids.includes(step.id));
  const others = steps.filter(step => !ids.includes(step.id));
  if (place === -1) return [...others, ...by];
  return [...others.slice(0, place), ...by, ...others.slice(place)];
}
