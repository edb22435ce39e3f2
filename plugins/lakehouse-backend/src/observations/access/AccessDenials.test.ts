import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import { at, onEachDatabase } from '../__testUtils__/onEachDatabase';
import type { Observation } from '../Observation';

jest.setTimeout(120_000);

const HOUR = { from: at(0), to: at(3_600) };

const failed = (
  queryId: string,
  message: string,
  overrides: Partial<QueryRecord> & { name?: string } = {},
): Observation => {
  const { name = 'PERMISSION_DENIED', ...rest } = overrides;
  return {
    type: 'QueryObserved',
    query: {
      connection: 'analytics',
      queryId,
      state: 'FAILED',
      user: 'alice',
      source: 'notebook',
      clientTags: [],
      resourceGroup: [],
      createdAt: at(10),
      tablesRead: [],
      tablesWritten: [],
      observedBy: ['listener'],
      observedAt: at(10),
      error: { name, message },
      ...rest,
    },
  };
};

const SELECT =
  'Access Denied: Cannot select from columns [a] in table or view c.s.t';
const SELECT_OTHER =
  'Access Denied: Cannot select from columns [b] in table or view c.s.t';

onEachDatabase('AccessDenials', current => {
  const denials = (range = HOUR) =>
    current().store.access.denials('analytics', range);

  it('groups refusals by user, table, action and rule, most often first', async () => {
    await current().store.record([
      failed('q1', SELECT),
      failed('q2', SELECT_OTHER, { createdAt: at(60), source: 'dbt' }),
      failed('q3', SELECT, { createdAt: at(30) }),
      failed('q4', SELECT, { user: 'bob', source: undefined }),
      failed('q5', 'Access Denied: Cannot drop table c.s.t: rule 7'),
      failed('own', SELECT, { source: 'backstage-lakehouse' }),
      failed('late', SELECT, { createdAt: at(3_600) }),
      failed('elsewhere', SELECT, { connection: 'etl' }),
      failed('other', 'no such table', { name: 'TABLE_NOT_FOUND' }),
    ]);
    const { groups, total, outages } = await denials();
    expect(total).toBe(5);
    expect(outages).toEqual([]);
    expect(groups[0]).toEqual({
      user: 'alice',
      table: 'c.s.t',
      action: 'select from columns',
      count: 3,
      firstAt: at(10),
      lastAt: at(60),
      lastQueryId: 'q2',
      sources: expect.arrayContaining(['notebook', 'dbt']),
    });
    expect(groups.slice(1)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          user: 'bob',
          count: 1,
          lastQueryId: 'q4',
          sources: [],
        }),
        expect.objectContaining({
          action: 'drop',
          rule: 'rule 7',
          lastQueryId: 'q5',
        }),
      ]),
    );
    expect(groups).toHaveLength(3);
  });

  it('tells a policy server that is down apart from refusals', async () => {
    const down = { name: 'GENERIC_INTERNAL_ERROR' };
    await current().store.record([
      failed('d1', 'Failed to query OPA backend', down),
      failed('d2', 'Failed to query OPA backend', {
        ...down,
        user: 'bob',
        createdAt: at(50),
      }),
      failed('d3', 'Compiler failed', down),
    ]);
    expect(await denials()).toEqual({
      groups: [],
      total: 0,
      outages: [
        {
          message: 'Failed to query OPA backend',
          count: 2,
          firstAt: at(10),
          lastAt: at(50),
        },
      ],
    });
  });
});
