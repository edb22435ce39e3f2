import type { LakehouseAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockAlert,
  mockCache,
  mockDashboard,
  mockDashboards,
} from '../__testUtils__/mockData';
import { headlineText } from './headlineText';
import { cacheClause, dashboardsClause } from './systemClauses';

const text = (clause: ReturnType<typeof cacheClause>) =>
  headlineText({ status: clause.status, clauses: [clause] });

describe('cacheClause', () => {
  const calm = { latest: undefined, nodes: [], prefixes: [], stampedes: [] };

  it.each([
    ['Cache of the services', 'Cache of the services is healthy.'],
    ['Sessions', 'Cache Sessions is healthy.'],
  ])('calls %s by its kind once', (title, sentence) => {
    const view = mockCache({ ...calm, title });
    expect(text(cacheClause({ connection: 'sessions' }, view))).toBe(sentence);
  });
});

describe('dashboardsClause', () => {
  const fresh = mockDashboard({ charts: [mockDashboard().charts[1]] });
  const clauseOf = (
    alerts: Array<Partial<LakehouseAlert>>,
    dashboard = fresh,
    name: string | undefined = '11',
  ) =>
    dashboardsClause(
      mockDashboards({
        alerts: alerts.map((alert, index) =>
          mockAlert({
            id: String(index),
            state: 'healthy',
            name: `Alert ${index}`,
            summary: 'as it is',
            ...alert,
          }),
        ),
        dashboards: [dashboard],
      }),
      name,
    );

  it('calls a dashboard up to date only when no alert of it speaks against it', () => {
    expect(text(clauseOf([{}, { state: 'sent', kind: 'report' }]))).toBe(
      'Dashboard Sales is up to date.',
    );
  });

  it.each(['fired', 'error', 'stuck'] as const)(
    'begins with an alert that is %s, before charts that are old',
    state => {
      const outdated = mockDashboard();
      const clause = clauseOf([{}, { state, summary: 'is bad' }], outdated);
      expect(clause.status).toBe('breached');
      expect(text(clause)).toBe('Alert 1: is bad, and 1 more.');
      expect(clause.link?.view).toBe('dashboards');
    },
  );

  it('counts the alerts of its charts as its own, and no others', () => {
    const fired = { state: 'fired' as const, dashboardId: undefined };
    const ofChart = clauseOf([{ ...fired, chartId: '32' }]);
    expect(ofChart.status).toBe('breached');
    expect(text(ofChart)).toBe('Alert 0: as it is.');
    expect(
      clauseOf([
        { ...fired, chartId: '99' },
        { ...fired, dashboardId: '12' },
      ]).status,
    ).toBe('healthy');
  });

  it('of a whole Superset counts all alerts', () => {
    const view = mockDashboards({
      alerts: [
        mockAlert({ state: 'fired', name: 'Lost', dashboardId: undefined }),
      ],
      dashboards: [fresh],
    });
    expect(dashboardsClause(view, undefined)).toMatchObject({
      status: 'breached',
      text: 'Lost: fired 20 min ago, value 3 is below 5',
    });
  });

  it('claims nothing of a dashboard that is not known, or whose charts could not be asked', () => {
    expect(clauseOf([], fresh, '99')).toMatchObject({
      status: 'unknown',
      text: 'dashboard 99 is not known',
    });
    const unasked = mockDashboard({ charts: [mockDashboard().charts[3]] });
    expect(clauseOf([], unasked)).toMatchObject({
      status: 'unknown',
      text: 'whether dashboard Sales is up to date is not known',
    });
  });
});
