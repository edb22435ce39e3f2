import { renderInTestApp } from '@backstage/frontend-test-utils';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aResponseError, aRun, mockRunbooksApi } from '../../testing';
import { RunPage } from './RunPage';

const renderPage = (api: ReturnType<typeof mockRunbooksApi>, search = '') =>
  renderInTestApp(<RunPage />, {
    apis: [[runbooksApiRef, api]],
    mountPath: '/runs/:runId',
    initialRouteEntries: [`/runs/run-1${search}`],
  });

describe('RunPage', () => {
  it('shows outcome, steps, effect and log', async () => {
    renderPage(mockRunbooksApi());
    expect(await screen.findByText('Done, and verified')).toBeVisible();
    expect(
      within(screen.getByRole('list', { name: 'Steps' })).getByText(
        'Rewrite the files',
      ),
    ).toBeVisible();
    expect(screen.getByText('Rewrote 300 files')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Cancel run' }),
    ).not.toBeInTheDocument();
  });

  it('shows what was previewed', async () => {
    renderPage(mockRunbooksApi());
    await userEvent.click(await screen.findByRole('tab', { name: 'Preview' }));
    expect(
      await screen.findByText('About 9 files instead of 300.'),
    ).toBeVisible();
    expect(screen.getByText('lake.gold.daily_sales')).toBeVisible();
  });

  it('opens on the tab of its address, and tells a broken chain', async () => {
    renderPage(mockRunbooksApi(), '?tab=evidence');
    const table = await screen.findByRole('table', { name: 'Audit entries' });
    expect(await within(table).findByText('run-ended')).toBeVisible();
    expect(within(table).getByText('does not fit no. 7')).toBeVisible();
    expect(screen.getByText('preview-hash')).toBeVisible();
    expect(screen.getByText(/2 entries; 1 of them does not fit/)).toBeVisible();
    expect(within(table).getByText("no. 6 is another run's")).toBeVisible();
  });

  it('copies a report', async () => {
    const execCommand = jest.fn(() => true);
    Object.assign(document, { execCommand });
    renderPage(mockRunbooksApi());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Copy as Markdown' }),
    );
    expect(execCommand).toHaveBeenCalledWith('copy');
    expect(await screen.findByText('Copied')).toBeVisible();
  });

  it('cancels a run that goes on', async () => {
    const api = mockRunbooksApi();
    api.getRunEvents.mockResolvedValueOnce({
      items: [],
      run: aRun({ state: 'running', endedAt: undefined }),
    });
    api.getRunEvents.mockReturnValueOnce(new Promise(() => {}));
    renderPage(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel run' }),
    );
    expect(api.cancelRun).toHaveBeenCalledWith('run-1');
  });

  it('says that there is no such run', async () => {
    const api = mockRunbooksApi();
    api.getRunEvents.mockRejectedValue(
      await aResponseError(404, 'There is no run run-1.'),
    );
    renderPage(api);
    expect(await screen.findByText('There is no run run-1.')).toBeVisible();
  });
});
