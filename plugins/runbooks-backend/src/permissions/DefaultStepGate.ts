import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type Allowance,
  type Run,
  runbookRunExecutePermission,
  type RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import type { StepGate } from '../engine/ports';
import type { RunPermissions } from './RunPermissions';

/**
 * A step may act when the person may run the runbook on its target, and the
 * action itself on what the step acts on: a runbook lends nobody a right.
 */
export class DefaultStepGate implements StepGate {
  readonly #permissions: RunPermissions;

  constructor(permissions: RunPermissions) {
    this.#permissions = permissions;
  }

  async mayAct(options: {
    run: Pick<Run, 'runbookId' | 'risk' | 'target'>;
    action: RunbookAction;
    target: RunTarget;
    credentials: BackstageCredentials;
  }): Promise<Allowance> {
    const { run, action, target, credentials } = options;
    const asks = [
      { runbookId: run.runbookId, risk: run.risk, target: run.target },
      { runbookId: action.id, risk: action.risk, target },
    ];
    const answers = await this.#permissions.ask(
      runbookRunExecutePermission,
      asks,
      credentials,
    );
    return answers.find(answer => !answer.allowed) ?? { allowed: true };
  }
}
