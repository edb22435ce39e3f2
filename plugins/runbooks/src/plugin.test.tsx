import { renderTestApp } from '@backstage/frontend-test-utils';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { screen } from '@testing-library/react';
import runbooksPlugin from '.';
import { mockRunbooksApi } from './testing';
// Loaded here, so that no test waits for what the app loads lazily.
import './components/CatalogueTab';
import './components/RunsTab';

const renderAt = (path: string) =>
  renderTestApp({
    features: [runbooksPlugin],
    apis: [[runbooksApiRef, mockRunbooksApi()]],
    initialRouteEntries: [path],
  });

describe('runbooksPlugin', () => {
  it('opens on the runs', async () => {
    renderAt('/runbooks');
    expect(
      await screen.findByRole(
        'link',
        { name: 'Compact table' },
        { timeout: 20_000 },
      ),
    ).toBeVisible();
  });

  it('has the catalogue on its address', async () => {
    renderAt('/runbooks/catalogue');
    expect(
      await screen.findByRole('table', { name: 'Runbooks' }),
    ).toBeVisible();
  });

  it('has a page for each run', async () => {
    renderAt('/runbooks/runs/run-1');
    expect(await screen.findByText('Done, and verified')).toBeVisible();
  });
});
