import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { RunbookDetail } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import {
  aCompaction,
  aResponseError,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { mockCompacted } from '../../__testUtils__/mockCompacted';
import { CataloguePage } from './CataloguePage';

const LocationProbe = () => (
  <output data-testid="search">{useLocation().search}</output>
);

const stampede: RunbookDetail = {
  ...aCompaction({
    id: 'cache-stampede',
    kind: 'runbook',
    title: 'Cache stampede',
    description: 'Flushes what is stale.',
    verb: 'Stop the stampede',
    risk: 'high',
    owner: 'group:default/data-platform',
    tags: ['redis'],
    statistics: { windowDays: 90, runs: 12, helped: 9, failed: 0 },
    triggers: [{ slo: { indicator: 'cache-hit-ratio' } }],
    approval: {
      groups: ['group:default/data-platform'],
      count: 1,
      expiresAfterMs: 1_800_000,
    },
  }),
  definitionHash: 'c0ffee41e7a86358d1f0',
  source: 'https://git.example.com/stampede.yaml',
  problems: [],
  definition: {
    name: 'cache-stampede',
    title: 'Cache stampede',
    description: 'Flushes what is stale.',
    verb: 'Stop the stampede',
    tags: [],
    risk: 'high',
    docs: 'Look at the **dashboard** first.',
    appliesTo: [],
    triggers: [],
    parameters: {},
    target: { system: 'redis', connection: 'c', kind: 'prefix', name: 'p' },
    limits: {},
    whenLocked: 'refuse',
    steps: [
      {
        kind: 'check',
        id: 'look',
        title: 'See how bad it is',
        if: 'parameters.deep',
        action: 'redis:inspect-prefix',
        input: {},
        assert: 'output.keys < 10',
        message: 'Too many.',
      },
      {
        kind: 'action',
        id: 'flush',
        title: 'Flush it',
        action: 'redis:flush-keys',
        input: {},
        retry: { attempts: 3, delayMs: 5_000 },
      },
    ],
    onFailure: [
      {
        kind: 'manual',
        id: 'tell',
        title: 'Tell people',
        instruction: 'Say that it failed.',
        answerSchema: {},
        expiresAfterMs: 3_600_000,
      },
    ],
    finally: [],
  },
};

function renderPage(api: ReturnType<typeof mockCompacted>, search = '') {
  renderInTestApp(
    <>
      <CataloguePage />
      <LocationProbe />
    </>,
    {
      apis: [[runbooksApiRef, api]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [`/${search}`],
    },
  );
}

function mockWorld() {
  const api = mockCompacted();
  api.getRunbooks.mockResolvedValue({ items: [aCompaction(), stampede] });
  api.getRunbook.mockResolvedValue(stampede);
  api.getRunbookProblems.mockResolvedValue({ items: [] });
  api.getSuggestions.mockResolvedValue({ items: [] });
  return api;
}

const titles = async () => {
  const table = await screen.findByRole('table', { name: 'Runbooks' });
  await waitFor(() => expect(table).toHaveAttribute('aria-busy', 'false'));
  return within(table)
    .queryAllByRole('link', { name: /^(Compact table|Cache stampede)$/ })
    .map(link => link.textContent);
};

describe('CataloguePage', () => {
  it('says what each runbook does, risks, whose it is and how it did', async () => {
    renderPage(mockWorld());
    expect(await titles()).toEqual(['Cache stampede', 'Compact table']);
    expect(screen.getByText('Low risk')).toBeVisible();
    expect(screen.getByText('High risk')).toBeVisible();
    expect(screen.getByText('needs approval')).toBeVisible();
    expect(
      screen.getByText('Ran 12 times, helped 9 times in 90 days'),
    ).toBeVisible();
    expect(
      screen.getAllByRole('link', { name: 'Its runs' })[0],
    ).toHaveAttribute('href', '/runbooks/runs?runbook=cache-stampede');
  });

  it('keeps search and filters in the address', async () => {
    renderPage(mockWorld(), '?risk=high');
    expect(await titles()).toEqual(['Cache stampede']);
    await userEvent.type(screen.getByLabelText('Search'), 'compact');
    expect(await screen.findByText(/No runbook fits/)).toBeVisible();
    expect(screen.getByTestId('search')).toHaveTextContent(
      '?q=compact&risk=high',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await titles()).toHaveLength(2);
    expect(screen.getByTestId('search')).toBeEmptyDOMElement();
  });

  it('opens a runbook: its steps in order, what it asks for and who approves', async () => {
    renderPage(mockWorld(), '?open=cache-stampede');
    const dialog = await screen.findByRole('dialog', {
      name: 'Cache stampede',
    });
    const inDialog = within(dialog);
    const steps = within(
      inDialog.getByRole('list', { name: 'Steps' }),
    ).getAllByText(/· (Check|Action)/);
    expect(steps.map(step => step.parentElement?.textContent)).toEqual([
      'See how bad it is · Check',
      'Flush it · Action',
    ]);
    expect(inDialog.getByText('parameters.deep')).toBeVisible();
    expect(
      inDialog.getByText('up to 3 attempts, 5 seconds apart'),
    ).toBeVisible();
    expect(
      within(inDialog.getByRole('list', { name: 'If a step fails' })).getByText(
        'Say that it failed.',
      ),
    ).toBeVisible();
    expect(inDialog.getByText(/Somebody of data-platform has/)).toBeVisible();
    expect(inDialog.getByText('dashboard')).toBeVisible();
    expect(
      inDialog.getByText('Is suggested when an SLO of cache-hit-ratio fires.'),
    ).toBeVisible();
    expect(inDialog.getByText('c0ffee41e7a8')).toHaveAttribute(
      'title',
      'c0ffee41e7a86358d1f0',
    );
    await userEvent.click(inDialog.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.getByTestId('search')).toBeEmptyDOMElement(),
    );
  });

  it('shows first what fits the SLO that it was opened for', async () => {
    const api = mockWorld();
    api.getSuggestions.mockResolvedValue({
      items: [
        {
          runbook: stampede,
          reason: 'It is for cache hit ratio SLOs that fire.',
          parameters: { connection: 'sessions' },
          statistics: { windowDays: 90, runs: 0, helped: 0, failed: 0 },
        },
      ],
    });
    renderPage(
      api,
      '?slo=cache-hits&indicator=cache-hit-ratio&entityRef=resource:default/cache',
    );
    const fitting = await screen.findByRole('region', {
      name: 'Runbooks that fit',
    });
    expect(
      within(fitting).getByRole('heading', { level: 2 }),
    ).toHaveTextContent('For the SLO cache-hits of cache');
    expect(
      await within(fitting).findByText(
        'It is for cache hit ratio SLOs that fire.',
      ),
    ).toBeVisible();
    expect(api.getSuggestions).toHaveBeenCalledWith({
      slo: { name: 'cache-hits', indicator: 'cache-hit-ratio' },
      entityRef: 'resource:default/cache',
    });
  });

  it('tells which files could not be used, by file and line', async () => {
    const api = mockWorld();
    api.getRunbookProblems.mockResolvedValue({
      items: [
        {
          severity: 'error',
          field: 'spec.steps[2]',
          message: 'There is no such action.',
          source: 'runbooks/nightly.yaml',
          line: 31,
          column: 15,
        },
      ],
    });
    renderPage(api);
    expect(
      await screen.findByText('runbooks/nightly.yaml:31:15'),
    ).toBeVisible();
    expect(screen.getByText('There is no such action.')).toBeVisible();
  });

  it('is silent about files that one may not look at', async () => {
    const api = mockWorld();
    api.getRunbookProblems.mockRejectedValue(await aResponseError(403, 'No.'));
    renderPage(api);
    expect(await titles()).toHaveLength(2);
    expect(screen.queryByText(/is not known/)).not.toBeInTheDocument();
  });

  it('says what to do when there is nothing to run', async () => {
    const api = mockWorld();
    api.getRunbooks.mockResolvedValue({ items: [] });
    renderPage(api);
    expect(await screen.findByText(/Add a module/)).toBeVisible();
  });

  it('tries again after a failure', async () => {
    const api = mockWorld();
    api.getRunbooks.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renderPage(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(await titles()).toHaveLength(2);
  });
});
