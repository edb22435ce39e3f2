import type {
  PreviewStep,
  RunbookSection,
  RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';

/** One entry of the list that a step is done for. */
export interface ItemGroup {
  readonly index: number;
  readonly label: string;
  readonly state: RunStep['state'];
  readonly phases: readonly RunStep[];
}

/** A step as people see it: its phases, or its items, together. */
export interface StepGroup {
  readonly key: string;
  readonly title: string;
  readonly state: RunStep['state'];
  /** Phases that belong to no item. */
  readonly phases: readonly RunStep[];
  readonly items: readonly ItemGroup[];
}

/** The steps of a section that are worth showing, in order. */
export interface SectionGroup {
  readonly section: RunbookSection;
  readonly groups: readonly StepGroup[];
  /** Nothing of it has happened. */
  readonly untouched: boolean;
}

const SECTIONS: readonly RunbookSection[] = ['steps', 'onFailure', 'finally'];

/** What decides how a step stands, the most pressing first. */
const PRESSING: ReadonlyArray<RunStep['state']> = [
  'waiting',
  'outcome-unknown',
  'failed',
  'verifying',
  'running',
  'cancelled',
];

/** How things stand together, of which some may be to come. */
export function joinStates(
  states: ReadonlyArray<RunStep['state']>,
): RunStep['state'] {
  const pressing = PRESSING.find(state => states.includes(state));
  if (pressing) return pressing;
  const done = states.includes('succeeded');
  if (states.includes('pending')) return done ? 'running' : 'pending';
  return done || states.length === 0 ? 'succeeded' : 'skipped';
}

/** Of many items, that some go on matters more than that some have failed. */
function joinItems(items: readonly ItemGroup[]): RunStep['state'] {
  const states = items.map(({ state }) => state);
  if (states.includes('waiting')) return 'waiting';
  const goesOn = states.some(
    state => state === 'running' || state === 'verifying',
  );
  return goesOn ? 'running' : joinStates(states);
}

function groupItems(phases: readonly RunStep[]): ItemGroup[] {
  const byIndex = new Map<number, RunStep[]>();
  for (const phase of phases) {
    if (!phase.item) continue;
    const known = byIndex.get(phase.item.index) ?? [];
    byIndex.set(phase.item.index, [...known, phase]);
  }
  return Array.from(byIndex, ([index, own]) => ({
    index,
    label: own[0].item?.label ?? String(index),
    state: joinStates(own.map(({ state }) => state)),
    phases: own,
  })).sort((a, b) => a.index - b.index);
}

function toGroup(
  key: string,
  steps: readonly RunStep[],
  titles: ReadonlyMap<string, string>,
): StepGroup {
  const phases = steps.filter(({ item }) => !item);
  const items = groupItems(steps);
  const own = steps.find(({ kind }) => kind !== 'check') ?? steps[0];
  const states = phases.map(({ state }) => state);
  return {
    key,
    title: titles.get(key) ?? own.title,
    state: items.length
      ? joinStates([joinItems(items), ...states])
      : joinStates(states),
    phases,
    items,
  };
}

/**
 * Puts the phases of a run together into the steps that they belong to, and
 * those into their sections. A run of a single action has no steps to group
 * by: there each phase stands for itself.
 */
export function groupRunSteps(
  steps: readonly RunStep[],
  previewed: readonly PreviewStep[] = [],
): readonly SectionGroup[] {
  const titles = new Map(previewed.map(({ id, title }) => [id, title]));
  return SECTIONS.map(section => {
    const own = steps.filter(step => (step.section ?? 'steps') === section);
    const byKey = new Map<string, RunStep[]>();
    for (const step of own) {
      const key = step.stepId ?? step.id;
      byKey.set(key, [...(byKey.get(key) ?? []), step]);
    }
    return {
      section,
      groups: Array.from(byKey, ([key, group]) => toGroup(key, group, titles)),
      untouched: own.every(
        ({ state }) => state === 'pending' || state === 'skipped',
      ),
    };
  }).filter(({ groups }) => groups.length > 0);
}

/** "7 of 12 done, 1 failed" */
export function countItems(items: readonly ItemGroup[]): string {
  const count = (...states: ReadonlyArray<RunStep['state']>) =>
    items.filter(({ state }) => states.includes(state)).length;
  const failed = count('failed');
  const unknown = count('outcome-unknown');
  const skipped = count('skipped', 'cancelled');
  return [
    `${count('succeeded')} of ${items.length} done`,
    ...(failed ? [`${failed} failed`] : []),
    ...(unknown ? [`${unknown} with unknown outcome`] : []),
    ...(skipped ? [`${skipped} not begun`] : []),
  ].join(', ');
}
