import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  runbookPickersApiRef,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { RunbooksPage, runbooksPlugin } from './legacy';
import { mockCompacted } from './__testUtils__/mockCompacted';

const renderAt = (path: string) =>
  renderInTestApp(
    <TestApiProvider apis={[[runbooksApiRef, mockCompacted()]]}>
      <Routes>
        <Route path="/runbooks/*" element={<RunbooksPage />} />
      </Routes>
    </TestApiProvider>,
    { routeEntries: [path] },
  );

describe('the plugin on the old frontend system', () => {
  it('provides the api, and pickers with that of entities', () => {
    expect([...runbooksPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      runbooksApiRef.id,
      runbookPickersApiRef.id,
    ]);
  });

  it.each(['/runbooks', '/runbooks/runs'])('lists runs on %s', async path => {
    await renderAt(path);
    expect(
      await screen.findByRole('link', { name: 'Compact table' }),
    ).toBeVisible();
  });

  it('has the catalogue', async () => {
    await renderAt('/runbooks/catalogue');
    expect(
      await screen.findByRole('table', { name: 'Runbooks' }),
    ).toBeVisible();
  });

  it('has a page for each run', async () => {
    await renderAt('/runbooks/runs/run-1');
    expect(await screen.findByText('Done, and verified')).toBeVisible();
  });
});
