import { InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { toJsonObject } from '../json/jsonSchemas';

/** Knows actions that no module adds, by the beginning of their ids. */
export interface ActionResolver {
  find(id: string): RunbookAction | undefined;
}

/** All actions that modules have added. */
export class ActionRegistry {
  readonly #actions = new Map<string, RunbookAction>();
  readonly #resolvers = new Map<string, ActionResolver>();

  /** @throws InputError when an id is taken */
  add(actions: readonly RunbookAction[]): void {
    for (const action of actions) {
      if (this.#actions.has(action.id)) {
        throw new InputError(
          `Two runbook actions have the id '${action.id}'. Remove one of the modules that add them.`,
        );
      }
      this.#actions.set(action.id, action);
    }
  }

  /** Asks a resolver for ids that begin so. */
  addResolver(prefix: string, resolver: ActionResolver): void {
    this.#resolvers.set(prefix, resolver);
  }

  find(id: string): RunbookAction | undefined {
    const action = this.#actions.get(id);
    if (action) return action;
    for (const [prefix, resolver] of this.#resolvers) {
      if (id.startsWith(prefix)) return resolver.find(id);
    }
    return undefined;
  }

  /** @throws NotFoundError that names the known ids */
  get(id: string): RunbookAction {
    const action = this.find(id);
    if (action) return action;
    const known = [...this.#actions.keys()].sort().join(', ') || 'none';
    throw new NotFoundError(
      `There is no runbook '${id}'. Known ones: ${known}. A module that adds it may be missing from the backend.`,
    );
  }

  /** Of those that modules have added. */
  ids(): string[] {
    return [...this.#actions.keys()].sort();
  }

  list(): RunbookSummary[] {
    return [...this.#actions.values()]
      .sort((a, b) => a.id.localeCompare(b.id))
      .map(action => ({
        id: action.id,
        title: action.title,
        description: action.description,
        verb: action.verb,
        risk: action.risk,
        attributes: action.attributes,
        parametersSchema: parametersSchema(action),
      }));
  }
}

const schemas = new WeakMap<RunbookAction, JsonObject>();

/** JSON Schema of what an action takes. */
export function parametersSchema(action: RunbookAction): JsonObject {
  const known = schemas.get(action);
  if (known) return known;
  const schema = toJsonObject(
    z.toJSONSchema(action.schema.input, {
      io: 'input',
      target: 'draft-7',
      unrepresentable: 'any',
    }),
  );
  schemas.set(action, schema);
  return schema;
}
