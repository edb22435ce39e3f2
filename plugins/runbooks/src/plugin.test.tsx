import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  RunbookPickerBlueprint,
  runbookPickersApiRef,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import { screen } from '@testing-library/react';
import runbooksPlugin from '.';
import { mockCompacted } from './__testUtils__/mockCompacted';
// Loaded here, so that no test waits for what the app loads lazily.
import './components/CatalogueTab';
import './components/RunsTab';

const renderAt = (path: string) =>
  renderTestApp({
    features: [runbooksPlugin],
    apis: [[runbooksApiRef, mockCompacted()]],
    initialRouteEntries: [path],
  });

const Pickers = () => {
  const pickers = useApi(runbookPickersApiRef);
  return (
    <p>
      {['entity', 'topic', 'none']
        .map(name => pickers.getPicker(name)?.hint ?? 'typed')
        .join(' / ')}
    </p>
  );
};

describe('runbooksPlugin', () => {
  it('takes the pickers that other plugins bring', async () => {
    renderTestApp({
      features: [
        runbooksPlugin,
        createFrontendPlugin({
          pluginId: 'kafka',
          extensions: [
            RunbookPickerBlueprint.make({
              name: 'topic',
              params: {
                picker: {
                  name: 'topic',
                  hint: 'A topic.',
                  load: async () => ({ options: [] }),
                },
              },
            }),
            PageBlueprint.make({
              params: { path: '/kafka', loader: async () => <Pickers /> },
            }),
          ],
        }),
      ],
      apis: [[runbooksApiRef, mockCompacted()]],
      initialRouteEntries: ['/kafka'],
    });
    expect(
      await screen.findByText(
        'An entity reference, such as resource:default/analytics. / A topic. / typed',
      ),
    ).toBeVisible();
  });

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
