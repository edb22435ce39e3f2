import { mockConnection } from '../__testUtils__/mockData';
import { mockBurnRates, mockSlo } from '../slo/__testUtils__';
import { sloConcerns } from './sloConcerns';
import { withSloConcerns } from './withSloConcerns';

const connections = [mockConnection()];
const calm = mockBurnRates([0, 0, 0]);

it('are breached SLOs and alerts that fire', () => {
  const [firing, breached] = sloConcerns(
    [
      mockSlo({ id: 'a' }),
      mockSlo({ id: 'b', status: 'breached', burnRates: calm }),
      mockSlo({ id: 'c', status: 'at-risk', burnRates: calm }),
      mockSlo({ id: 'd', status: 'healthy', burnRates: calm }),
    ],
    connections,
  );
  expect(firing).toMatchObject({
    id: 'slo a',
    status: 'at-risk',
    system: 'trino',
    owner: 'group:default/team-personal',
    text: expect.stringMatching(/^alerts slow and creep fire\. 63 % of/),
    suggestFor: {
      slo: { name: mockSlo().name, indicator: 'query-latency' },
      entityRef: 'component:default/personal-api',
    },
    show: { tab: 'slos', open: { slo: 'a' } },
  });
  expect(breached).toMatchObject({ id: 'slo b', status: 'breached' });
});

it('tell how the budget is, and leave the rest to the SLO', () => {
  const sentence =
    "63 % of 30 days' budget is gone; 81 % of it was spent by queries on `lake.a.b`. Counted since 14:42 UTC.";
  const [one, none] = sloConcerns(
    [
      mockSlo({
        id: 'a',
        sentence,
        burnRates: mockBurnRates([20, 0, 0], ['firing']),
      }),
      mockSlo({ id: 'b', sentence, status: 'breached', burnRates: calm }),
    ],
    connections,
  );
  expect(one.text).toMatch(/^alert \S+ fires\. 63 % .* `lake\.a\.b`\.$/);
  expect(none.text).toMatch(/^63 % .* `lake\.a\.b`\.$/);
});

it('leave out alerts that somebody silenced, but no breach', () => {
  const silencedUntil = new Date(Date.now() + 3_600_000).toISOString();
  expect(
    sloConcerns(
      [
        mockSlo({ id: 'a', silencedUntil }),
        mockSlo({ id: 'b', status: 'breached', silencedUntil }),
      ],
      connections,
    ).map(({ id }) => id),
  ).toEqual(['slo b']);
});

it('tell that SLOs could not be looked at', () => {
  const resource = { loading: false, outdated: false, refetch: () => {} };
  const { data } = withSloConcerns(
    { ...resource, data: { items: [], unseen: [] } },
    { ...resource, error: new Error('It is down.') },
    connections,
  );
  expect(data?.unseen).toEqual([{ connection: 'SLOs', reason: 'It is down.' }]);
});

it('come first among what is equally bad', () => {
  const resource = { loading: false, outdated: false, refetch: () => {} };
  const other = {
    id: 'down',
    status: 'breached' as const,
    system: 'trino' as const,
    connection: 'analytics',
    name: 'Analytics cluster',
    text: 'It is down.',
    since: new Date().toISOString(),
  };
  const { data } = withSloConcerns(
    { ...resource, data: { items: [other], unseen: [] } },
    {
      ...resource,
      data: {
        items: [mockSlo({ id: 'a' }), mockSlo({ id: 'b', status: 'breached' })],
        total: 2,
        counts: { breached: 1, 'at-risk': 1, unknown: 0, healthy: 0 },
        firing: 2,
        hidden: 0,
        problems: [],
      },
    },
    connections,
  );
  expect(data?.items.map(({ id }) => id)).toEqual(['slo b', 'down', 'slo a']);
});
