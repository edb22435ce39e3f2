import type { SliFilter } from '@lakehouse-ops/plugin-lakehouse-common';
import type { QueryFacts } from './QueryFacts';
import { textPattern } from './textPattern';

type Test = (facts: QueryFacts) => boolean;

/** Whether a query is one that a filter asks for: every field that is given must match. */
export function matchesQuery(filter: SliFilter, ownSource?: string): Test {
  const tests: Test[] = [];
  const one = (
    pattern: string | undefined,
    of: (facts: QueryFacts) => string | undefined,
  ) => {
    if (pattern === undefined) return;
    const matches = textPattern(pattern);
    tests.push(facts => {
      const text = of(facts);
      return text !== undefined && matches(text);
    });
  };
  const some = (
    pattern: string | undefined,
    of: (facts: QueryFacts) => readonly string[],
  ) => {
    if (pattern === undefined) return;
    const matches = textPattern(pattern);
    tests.push(facts => of(facts).some(matches));
  };

  one(filter.source, ({ source }) => source);
  if (filter.source === undefined && ownSource !== undefined) {
    tests.push(({ source }) => source !== ownSource);
  }
  one(filter.user, ({ user }) => user);
  one(filter.queryType, ({ queryType }) => queryType);
  some(filter.clientTag, ({ clientTags }) => clientTags);
  some(filter.table, ({ tables }) => tables);
  if (filter.resourceGroup !== undefined) {
    // A group means its subgroups too, as in the list of queries.
    const group = textPattern(filter.resourceGroup);
    const below = textPattern(`${filter.resourceGroup}.*`);
    tests.push(
      ({ resourceGroup = '' }) => group(resourceGroup) || below(resourceGroup),
    );
  }
  return facts => tests.every(test => test(facts));
}
