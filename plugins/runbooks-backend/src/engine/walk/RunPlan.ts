import type { JsonObject } from '@backstage/types';
import type {
  ApprovalRule,
  Risk,
  Run,
  RunbookSection,
  RunbookStep,
  RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { type ActionRegistry, parametersSchema } from '../ActionRegistry';
import type { RunbookVersion } from '../ports';

/** What a run is to walk: the steps of a runbook file, or the one of a single action. */
export interface RunPlan {
  /** Of a single action, whose phases have ids of their own. */
  readonly single: boolean;
  readonly risk: Risk;
  readonly parametersSchema: JsonObject;
  /** Who has to agree, also to what is known only once it is reached. */
  readonly approval?: ApprovalRule;
  readonly sections: Readonly<Record<RunbookSection, readonly RunbookStep[]>>;
}

/** A single action is a runbook of one step, whose input is the parameters. */
export function planOfAction(registry: ActionRegistry, run: Run): RunPlan {
  const action = registry.get(run.runbookId);
  return {
    single: true,
    risk: action.risk,
    parametersSchema: parametersSchema(action),
    approval: run.preview.approval,
    sections: {
      steps: [
        {
          kind: 'action',
          id: '',
          title: action.title,
          action: action.id,
          input: {},
        },
      ],
      onFailure: [],
      finally: [],
    },
  };
}

/** The version of the file that the run was started from. */
export function planOfVersion({ definition }: RunbookVersion): RunPlan {
  const { risk, approval, steps, onFailure } = definition;
  return {
    single: false,
    risk,
    approval,
    parametersSchema: definition.parameters,
    sections: { steps, onFailure, finally: definition.finally },
  };
}

/** The id of a phase of a step, or of one entry of its list. */
export function phaseId(
  plan: RunPlan,
  key: string,
  kind: NonNullable<RunStep['kind']>,
): string {
  return plan.single ? kind : `${key}/${kind}`;
}
