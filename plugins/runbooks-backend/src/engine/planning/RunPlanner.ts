import { NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  RunLimits,
  RunOrigin,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  type ActionApproval,
  approvalOfAction,
} from '../../approvals/readApprovalConfig';
import { JsonValidator } from '../../json/JsonValidator';
import { toJsonObject } from '../../json/jsonSchemas';
import { strictestLimits } from '../../limits/readLimits';
import { type ActionRegistry, parametersSchema } from '../ActionRegistry';
import type { RunbookBook } from '../ports';
import { layOutAction } from './layOutAction';
import { layOutRunbook } from './layOutRunbook';
import type { RunLayout } from './RunLayout';

/** Lays runs out: of a single action, or of the newest version of a runbook file. */
export class RunPlanner {
  readonly #registry: ActionRegistry;
  readonly #book: RunbookBook;
  readonly #limits: ReadonlyMap<string, RunLimits>;
  readonly #actionApproval: ActionApproval;
  readonly #validator = new JsonValidator();

  constructor(options: {
    registry: ActionRegistry;
    book: RunbookBook;
    limits: ReadonlyMap<string, RunLimits>;
    actionApproval: ActionApproval;
  }) {
    this.#registry = options.registry;
    this.#book = options.book;
    this.#limits = options.limits;
    this.#actionApproval = options.actionApproval;
  }

  /** @throws NotFoundError; InputError that names the field or the step */
  layOut(options: {
    runbookId: string;
    parameters: JsonObject;
    entityRef?: string;
    startedBy: string;
    origin?: RunOrigin;
  }): RunLayout {
    const { runbookId, parameters, entityRef, startedBy, origin } = options;
    const configured = this.#limits.get(runbookId);
    const version = this.#book.find(runbookId);
    if (!version) {
      const action = this.#getAction(runbookId);
      return layOutAction({
        action,
        parameters,
        approval: approvalOfAction(this.#actionApproval, action.risk),
        limits: configured ?? {},
      });
    }
    return layOutRunbook({
      version,
      registry: this.#registry,
      validator: this.#validator,
      parameters,
      context: {
        entityRef: entityRef ?? null,
        startedBy,
        origin: toJsonObject(origin ?? { kind: 'person' }),
      },
      limits: strictestLimits(version.definition.limits, configured),
      approvers: this.#actionApproval.rule.groups,
    });
  }

  /** JSON Schema of the parameters. @throws NotFoundError */
  schemaOf(runbookId: string): JsonObject {
    const version = this.#book.find(runbookId);
    return version
      ? version.definition.parameters
      : parametersSchema(this.#getAction(runbookId));
  }

  #getAction(id: string) {
    const action = this.#registry.find(id);
    if (action) return action;
    const known = [
      ...this.#registry.list().map(summary => summary.id),
      ...this.#book.list().map(({ definition }) => definition.name),
    ].sort();
    throw new NotFoundError(
      `There is no runbook '${id}'. Known ones: ${
        known.join(', ') || 'none'
      }. A module that adds it may be missing from the backend, or its file may have an error.`,
    );
  }
}
