import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import {
  aCompaction,
  aCompactionRun,
  aResponseError,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockCompacted } from '../../__testUtils__/mockCompacted';
import { EntityRunbooksCard } from './EntityRunbooksCard';
import { EntityRunbooksContent } from './EntityRunbooksContent';
import { hasRunbooks } from './hasRunbooks';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'sessions', namespace: 'default' },
  spec: { type: 'cache' },
};

function render(
  api: ReturnType<typeof mockCompacted>,
  element = <EntityRunbooksContent />,
) {
  renderInTestApp(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    apis: [[runbooksApiRef, api]],
  });
}

function mockWorld() {
  const api = mockCompacted();
  api.getSuggestions.mockResolvedValue({
    items: [
      {
        runbook: aCompaction(),
        reason: 'It is for caches.',
        parameters: { table: 'lake.gold.daily_sales' },
        statistics: {
          windowDays: 90,
          runs: 12,
          helped: 9,
          failed: 0,
          lastRunAt: '2026-11-01T10:00:00Z',
        },
      },
    ],
  });
  return api;
}

describe('EntityRunbooksContent', () => {
  it('tells which runbooks fit and why, and what was run, what goes on first', async () => {
    const api = mockWorld();
    api.getRuns.mockResolvedValue({
      items: [
        aCompactionRun({ id: 'old', title: 'Over' }),
        aCompactionRun({ id: 'new', title: 'Goes on', state: 'running' }),
      ],
      total: 30,
      limit: 10,
      offset: 0,
    });
    render(api);
    expect(await screen.findByText('It is for caches.')).toBeVisible();
    expect(
      screen.getByText('Ran 12 times, helped 9 times in 90 days'),
    ).toBeVisible();
    expect(api.getSuggestions).toHaveBeenCalledWith({
      entityRef: 'resource:default/sessions',
    });
    const runs = await screen.findByRole('list', { name: 'Runs' });
    expect(
      within(runs)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['Goes on', 'Over']);
    expect(api.getRuns).toHaveBeenCalledWith({
      entityRef: 'resource:default/sessions',
      limit: 10,
    });
    expect(screen.getByRole('link', { name: 'All of them' })).toHaveAttribute(
      'href',
      '/runbooks/runs?entity=resource%3Adefault%2Fsessions',
    );
  });

  it('opens a runbook with the form filled in from the entity', async () => {
    const api = mockWorld();
    api.getRunbooks.mockResolvedValue({
      items: [
        aCompaction({
          parametersSchema: {
            type: 'object',
            properties: { table: { type: 'string' } },
          },
        }),
      ],
    });
    api.createPreview.mockReturnValue(new Promise(() => {}));
    render(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Compact' }),
    );
    expect(await screen.findByLabelText('Table')).toHaveValue(
      'lake.gold.daily_sales',
    );
    expect(api.createPreview).toHaveBeenCalledWith({
      runbookId: 'trino:optimize-table',
      entityRef: 'resource:default/sessions',
      parameters: { table: 'lake.gold.daily_sales' },
    });
  });

  it('says how a runbook comes to be suggested when none is', async () => {
    const api = mockWorld();
    api.getSuggestions.mockResolvedValue({ items: [] });
    render(api);
    expect(
      await screen.findByText(/\{kind: Resource, type: cache\}/),
    ).toBeVisible();
  });

  it('says who may not, with no way to try in vain', async () => {
    const api = mockWorld();
    api.getSuggestions.mockRejectedValue(
      await aResponseError(403, 'You need runbooks.run.preview.'),
    );
    render(api);
    expect(
      await screen.findByText('You need runbooks.run.preview.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('tells a backend that is not there from one that fails', async () => {
    const api = mockWorld();
    api.getSuggestions.mockRejectedValue(
      await aResponseError(404, 'Not found'),
    );
    render(api);
    expect(await screen.findByText(/has no Runbooks backend/)).toBeVisible();
  });
});

describe('EntityRunbooksCard', () => {
  it('has the best runbooks and leads to all', async () => {
    render(mockWorld(), <EntityRunbooksCard />);
    expect(await screen.findByText('It is for caches.')).toBeVisible();
    expect(screen.getByRole('link', { name: /All runbooks/ })).toHaveAttribute(
      'href',
      '/runbooks/catalogue?entityRef=resource%3Adefault%2Fsessions',
    );
  });
});

describe('hasRunbooks', () => {
  it.each([
    ['Component', {}, true],
    ['Resource', {}, true],
    ['User', {}, false],
    ['Location', {}, false],
    ['Domain', { 'lakehouse-ops.io/runbooks': './r.yaml' }, true],
  ])('%s with %j: %s', (kind, annotations, expected) => {
    expect(
      hasRunbooks({
        ...entity,
        kind,
        metadata: { ...entity.metadata, annotations },
      }),
    ).toBe(expected);
  });
});
