import type {
  RunbookDefinition,
  RunbookProblem,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  definitionHash,
  parseRunbookFile,
  type RunbookActionFacts,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { ActionFacts } from './ActionFacts';

/** What a text says. */
export interface ParsedText {
  readonly problems: readonly RunbookProblem[];
  readonly good?: {
    readonly definition: RunbookDefinition;
    readonly hash: string;
  };
}

interface Remembered {
  readonly text: string;
  readonly facts: ReadonlyMap<string, RunbookActionFacts>;
  readonly parsed: ParsedText;
}

/** Parses runbook files; one that has not changed, and whose actions have not, is not parsed again. */
export class RunbookFileParser {
  readonly #facts: ActionFacts;
  #remembered = new Map<string, Remembered>();

  constructor(facts: ActionFacts) {
    this.#facts = facts;
  }

  parse(text: string, source: string): ParsedText {
    const facts = this.#facts.of(text);
    const known = this.#remembered.get(source);
    if (known && known.text === text && isSame(known.facts, facts)) {
      return known.parsed;
    }
    const { definition, problems } = parseRunbookFile({
      text,
      source,
      actions: facts,
    });
    const parsed = {
      problems,
      ...(definition && {
        good: { definition, hash: definitionHash(definition) },
      }),
    };
    this.#remembered.set(source, { text, facts, parsed });
    return parsed;
  }

  /** Keeps nothing of files that are there no more. */
  forgetOthers(sources: ReadonlySet<string>): void {
    for (const source of this.#remembered.keys()) {
      if (!sources.has(source)) this.#remembered.delete(source);
    }
  }
}

function isSame(
  a: ReadonlyMap<string, RunbookActionFacts>,
  b: ReadonlyMap<string, RunbookActionFacts>,
): boolean {
  return (
    a.size === b.size && [...a].every(([id, facts]) => b.get(id) === facts)
  );
}
