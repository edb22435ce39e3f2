import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { RunbookSuggestion } from '@lakehouse-ops/plugin-runbooks-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { runbooksApiRef } from '../api';
import { aResponseError, aRunbook, mockRunbooksApi } from '../testUtils';
import { SuggestedRunbookButton } from './SuggestedRunbookButton';
import { SuggestedRunbooks } from './SuggestedRunbooks';

const context = { slo: { name: 'hits', indicator: 'cache-hit-ratio' } };
const suggestion: RunbookSuggestion = {
  runbook: aRunbook(),
  reason: 'It is for cache hit ratio SLOs that fire.',
  parameters: { connection: 'analytics' },
  statistics: { windowDays: 90, runs: 12, helped: 9, failed: 0 },
};

describe('SuggestedRunbooks', () => {
  it('says why each fits and how often it helped; all parts of a page ask once', async () => {
    const api = mockRunbooksApi();
    api.getSuggestions.mockResolvedValue({ items: [suggestion] });
    renderInTestApp(
      <>
        <SuggestedRunbooks context={context} />
        <SuggestedRunbookButton context={context} />
      </>,
      { apis: [[runbooksApiRef, api]] },
    );
    expect(await screen.findByText(suggestion.reason)).toBeVisible();
    expect(
      screen.getByText('Ran 12 times, helped 9 times in 90 days'),
    ).toBeVisible();
    expect(
      await screen.findAllByRole('button', { name: 'Kill query' }),
    ).toHaveLength(2);
    expect(api.getSuggestions).toHaveBeenCalledTimes(1);
  });

  it('asks again after a failure', async () => {
    const api = mockRunbooksApi();
    api.getSuggestions
      .mockRejectedValueOnce(await aResponseError(500, 'The database is away.'))
      .mockResolvedValue({ items: [] });
    renderInTestApp(<SuggestedRunbooks context={context} />, {
      apis: [[runbooksApiRef, api]],
    });
    expect(await screen.findByText('The database is away.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('No runbook is made for this.'),
    ).toBeVisible();
  });

  it('is nothing in an app without Runbooks', async () => {
    renderInTestApp(
      <>
        <p>page</p>
        <SuggestedRunbooks context={context} />
        <SuggestedRunbookButton context={context} />
      </>,
    );
    expect(await screen.findByText('page')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByLabelText(/runbooks/i)).not.toBeInTheDocument();
  });

  it('opens the drawer with the form filled in, to be changed', async () => {
    const api = mockRunbooksApi();
    api.getSuggestions.mockResolvedValue({ items: [suggestion] });
    renderInTestApp(<SuggestedRunbookButton context={context} />, {
      apis: [[runbooksApiRef, api]],
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Kill query' }),
    );
    expect(await screen.findByLabelText(/^Connection/)).toHaveValue(
      'analytics',
    );
    expect(api.createPreview).not.toHaveBeenCalled();
    await userEvent.type(screen.getByLabelText(/^Query id/), '2026_1');
    await userEvent.type(screen.getByLabelText(/^Message/), 'stop');
    await waitFor(() =>
      expect(api.createPreview).toHaveBeenLastCalledWith(
        expect.objectContaining({
          parameters: {
            connection: 'analytics',
            queryId: '2026_1',
            message: 'stop',
          },
        }),
      ),
    );
  });
});
