import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';

/** What is known of a target besides its name. */
export interface TargetFacts {
  /** Entity refs of the groups and users that own it. */
  readonly owners: readonly string[];
  /** For example `production`. */
  readonly environment?: string;
}

/** Tells who owns targets, and which environment they belong to. */
export interface TargetFactsReader {
  factsOf(target: RunTarget): Promise<TargetFacts>;
}

/** Knows nothing: no rule on owners or environments matches. */
export const NO_TARGET_FACTS: TargetFactsReader = {
  factsOf: async () => ({ owners: [] }),
};
