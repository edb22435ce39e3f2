import { type ClientSession } from './ClientSession';

export interface GroupDefinition {
  name: string;
  hardConcurrencyLimit: number;
  maxQueued: number;
  softMemoryShare: number;
  schedulingWeight: number;
  subGroups: GroupDefinition[];
}

function leaf(
  name: string,
  limits: Omit<GroupDefinition, 'name' | 'subGroups'>,
): GroupDefinition {
  return { name, ...limits, subGroups: [] };
}

/** The groups of the real stack, with the same limits. */
export const GROUPS: GroupDefinition[] = [
  {
    name: 'global',
    hardConcurrencyLimit: 20,
    maxQueued: 500,
    softMemoryShare: 0.9,
    schedulingWeight: 1,
    subGroups: [
      leaf('etl', {
        hardConcurrencyLimit: 8,
        maxQueued: 400,
        softMemoryShare: 0.6,
        schedulingWeight: 3,
      }),
      leaf('analytics', {
        hardConcurrencyLimit: 8,
        maxQueued: 100,
        softMemoryShare: 0.6,
        schedulingWeight: 5,
      }),
      leaf('adhoc', {
        hardConcurrencyLimit: 3,
        maxQueued: 20,
        softMemoryShare: 0.4,
        schedulingWeight: 1,
      }),
    ],
  },
  leaf('ops', {
    hardConcurrencyLimit: 20,
    maxQueued: 200,
    softMemoryShare: 0.2,
    schedulingWeight: 1,
  }),
];

const ETL_SOURCE = /^(lakehouse-seed|nightly-.*|etl-.*|dbt.*)$/;
const ANALYTICS_SOURCE = /^(personal-api|superset.*|dashboard-.*)$/;

/** Chooses a query's group by the selectors of the real stack. */
export function selectGroup(session: ClientSession): string[] {
  const source = session.source ?? '';
  if (session.user === 'lakehouse-ops') {
    return ['ops'];
  }
  if (session.clientTags.includes('etl') || ETL_SOURCE.test(source)) {
    return ['global', 'etl'];
  }
  if (
    session.clientTags.includes('analytics') ||
    ANALYTICS_SOURCE.test(source)
  ) {
    return ['global', 'analytics'];
  }
  return session.user.startsWith('etl-')
    ? ['global', 'etl']
    : ['global', 'adhoc'];
}

/** The definitions from the root to a group, or undefined for an unknown path. */
export function groupChain(path: string[]): GroupDefinition[] | undefined {
  const chain: GroupDefinition[] = [];
  let level = GROUPS;
  for (const name of path) {
    const found = level.find(group => group.name === name);
    if (!found) {
      return undefined;
    }
    chain.push(found);
    level = found.subGroups;
  }
  return chain.length > 0 ? chain : undefined;
}
