import { renderInTestApp } from '@backstage/frontend-test-utils';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockRunbooksApi } from '../../testing';
import { CataloguePage } from './CataloguePage';

const renderPage = (api: ReturnType<typeof mockRunbooksApi>) =>
  renderInTestApp(<CataloguePage />, { apis: [[runbooksApiRef, api]] });

describe('CataloguePage', () => {
  it('says what each runbook does, risks and asks for', async () => {
    renderPage(mockRunbooksApi());
    expect(await screen.findByText('Compact table')).toBeVisible();
    expect(screen.getByText(/^Low risk: it destroys nothing/)).toBeVisible();
    expect(screen.getByText('optional: fileSizeThreshold')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Its runs' })).toHaveAttribute(
      'href',
      '/runbooks/runs?runbook=trino%3Aoptimize-table',
    );
  });

  it('says what to do when there is nothing to run', async () => {
    const api = mockRunbooksApi();
    api.getRunbooks.mockResolvedValue({ items: [] });
    renderPage(api);
    expect(await screen.findByText(/Add a module/)).toBeVisible();
  });

  it('tries again after a failure', async () => {
    const api = mockRunbooksApi();
    api.getRunbooks.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renderPage(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(await screen.findByText('Compact table')).toBeVisible();
  });
});
