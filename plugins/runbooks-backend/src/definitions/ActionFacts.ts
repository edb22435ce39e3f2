import type {
  RunbookAction,
  RunbookActionFacts,
} from '@lakehouse-ops/plugin-runbooks-node';
import { FOREIGN_PREFIX } from '../actionsRegistry/foreignId';
import {
  type ActionRegistry,
  parametersSchema,
} from '../engine/ActionRegistry';

const FOREIGN_ID = new RegExp(`\\b${FOREIGN_PREFIX}[\\w.:/-]{1,255}`, 'g');
const MAX_FOREIGN = 100;

/** What has to be known of the registered actions to check files. */
export class ActionFacts {
  readonly #registry: Pick<ActionRegistry, 'ids' | 'find'>;
  readonly #known = new WeakMap<RunbookAction, RunbookActionFacts>();

  constructor(registry: Pick<ActionRegistry, 'ids' | 'find'>) {
    this.#registry = registry;
  }

  /** Of all actions of modules, and of those of other plugins that a file speaks of. */
  of(text: string): ReadonlyMap<string, RunbookActionFacts> {
    const foreign = [...text.matchAll(FOREIGN_ID)]
      .slice(0, MAX_FOREIGN)
      .map(([id]) => id);
    const facts = new Map<string, RunbookActionFacts>();
    for (const id of [...this.#registry.ids(), ...foreign]) {
      const action = this.#registry.find(id);
      if (action) facts.set(id, this.#factsOf(action));
    }
    return facts;
  }

  #factsOf(action: RunbookAction): RunbookActionFacts {
    const known = this.#known.get(action);
    if (known) return known;
    const facts: RunbookActionFacts = {
      ...action.attributes,
      risk: action.risk,
      inputSchema: parametersSchema(action),
    };
    this.#known.set(action, facts);
    return facts;
  }
}
