import type {
  RunbookDefinition,
  RunbookSection,
  RunbookStep,
  RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';

/** In the order in which they are walked. */
export const SECTIONS: readonly RunbookSection[] = [
  'steps',
  'onFailure',
  'finally',
];

/** The approval before the first step. */
export const START_APPROVAL_ID = 'approval';

type StepPhase = NonNullable<RunStep['kind']>;

const PHASES: Record<RunbookStep['kind'], readonly StepPhase[]> = {
  action: ['check', 'execute', 'verify'],
  check: ['check'],
  verify: ['verify'],
  manual: ['manual'],
  approval: ['approval'],
};

/** The steps of a run of a single action, as people see them before it begins. */
export function initialStepsOfAction(options: {
  title: string;
  needsApproval: boolean;
}): RunStep[] {
  return [
    ...startApproval(options.needsApproval),
    { id: 'check', title: 'Check that nothing changed', state: 'pending' },
    { id: 'execute', title: options.title, state: 'pending' },
    { id: 'verify', title: 'Verify the effect', state: 'pending' },
  ];
}

/** The steps of a run of a runbook file, as people see them before it begins. */
export function initialSteps(
  definition: RunbookDefinition,
  options: { needsApproval: boolean },
): RunStep[] {
  return [
    ...startApproval(options.needsApproval),
    ...SECTIONS.flatMap(section =>
      definition[section].flatMap(step => stepPhases(step, section)),
    ),
  ];
}

/** The phases of a step, or of one entry of its list. */
export function stepPhases(
  step: RunbookStep,
  section: RunbookSection,
  item?: RunStep['item'],
): RunStep[] {
  const key = item ? `${step.id}#${item.index}` : step.id;
  return PHASES[step.kind].map(
    (kind): RunStep => ({
      id: `${key}/${kind}`,
      title: step.title,
      state: 'pending',
      stepId: step.id,
      kind,
      section,
      ...(item ? { item } : {}),
      ...('action' in step ? { actionId: step.action } : {}),
    }),
  );
}

function startApproval(needed: boolean): RunStep[] {
  if (!needed) return [];
  return [
    {
      id: START_APPROVAL_ID,
      title: 'Approval',
      state: 'pending',
      kind: 'approval',
    },
  ];
}
