import { renderInTestApp } from '@backstage/frontend-test-utils';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import {
  aCompaction,
  aCompactionRun,
  aResponseError,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockCompacted } from '../../__testUtils__/mockCompacted';
import { RunPage } from './RunPage';

const renderPage = (api: ReturnType<typeof mockCompacted>, search = '') =>
  renderInTestApp(<RunPage />, {
    apis: [[runbooksApiRef, api]],
    mountPath: '/runs/:runId',
    initialRouteEntries: [`/runs/run-1${search}`],
  });

describe('RunPage', () => {
  it('shows outcome, steps, effect and log', async () => {
    renderPage(mockCompacted());
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
    renderPage(mockCompacted());
    await userEvent.click(await screen.findByRole('tab', { name: 'Preview' }));
    expect(
      await screen.findByText('About 9 files instead of 300.'),
    ).toBeVisible();
    expect(screen.getAllByText('lake.gold.daily_sales')).toHaveLength(2);
  });

  it('opens on the tab of its address, and tells a broken chain', async () => {
    renderPage(mockCompacted(), '?tab=evidence');
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
    renderPage(mockCompacted());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Copy as Markdown' }),
    );
    expect(execCommand).toHaveBeenCalledWith('copy');
    expect(await screen.findByText('Copied')).toBeVisible();
  });

  it('cancels a run that goes on', async () => {
    const api = mockCompacted();
    api.getRunEvents.mockResolvedValueOnce({
      items: [],
      run: aCompactionRun({ state: 'running', endedAt: undefined }),
    });
    api.getRunEvents.mockReturnValueOnce(new Promise(() => {}));
    renderPage(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel run' }),
    );
    expect(api.cancelRun).toHaveBeenCalledWith('run-1');
  });

  it('says that there is no such run', async () => {
    const api = mockCompacted();
    api.getRunEvents.mockRejectedValue(
      await aResponseError(404, 'There is no run run-1.'),
    );
    renderPage(api);
    expect(await screen.findByText('There is no run run-1.')).toBeVisible();
  });

  it('puts what a run waits for above its steps', async () => {
    const api = mockCompacted();
    api.getRunEvents.mockResolvedValueOnce({
      items: [],
      run: aCompactionRun({
        state: 'waiting',
        endedAt: undefined,
        waitingFor: {
          kind: 'pause',
          since: '2026-11-21T10:00:00Z',
          by: 'user:default/tom',
          reason: 'Redis moves.',
        },
      }),
    });
    api.getRunEvents.mockReturnValueOnce(new Promise(() => {}));
    renderPage(api);
    const waits = await screen.findByRole('region', {
      name: 'Held by a pause',
    });
    const steps = screen.getByRole('list', { name: 'Steps' });
    expect(
      waits.compareDocumentPosition(steps) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
  });

  it('tells what made it start and who approved it', async () => {
    const api = mockCompacted();
    api.getRunEvents.mockResolvedValue({
      items: [],
      run: aCompactionRun({
        origin: { kind: 'alert', detail: 'cache-hit-ratio' },
        approvals: [
          {
            runId: 'run-1',
            decision: 'approved',
            by: 'user:default/lena',
            at: '2026-11-21T10:00:30Z',
            previewHash: 'preview-hash',
          },
        ],
      }),
    });
    renderPage(api);
    expect(
      await screen.findByText(/an alert \(cache-hit-ratio\), as/),
    ).toHaveTextContent('olivia');
    expect(screen.getByText('lena')).toBeVisible();
  });

  it('runs again with the same parameters, but for secrets', async () => {
    const api = mockCompacted();
    const run = aCompactionRun({
      parameters: {
        table: 'lake.gold.daily_sales',
        fileSizeThreshold: '64MB',
        password: '<secret>',
      },
    });
    api.getRunEvents.mockResolvedValue({ items: [], run });
    api.createPreview.mockResolvedValue(run.preview);
    renderPage(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run again' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Compact table, again' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(api.createPreview).toHaveBeenCalledWith(
        expect.objectContaining({
          runbookId: run.runbookId,
          parameters: {
            table: 'lake.gold.daily_sales',
            fileSizeThreshold: '64MB',
          },
        }),
      ),
    );
    expect(api.startRun).not.toHaveBeenCalled();
  });

  it('shows the docs of steps only of the version that ran', async () => {
    const api = mockCompacted();
    const run = aCompactionRun({ definitionHash: 'version-1' });
    api.getRunEvents.mockResolvedValue({ items: [], run });
    api.getRunbook.mockResolvedValue({
      ...aCompaction(),
      problems: [],
      definitionHash: 'version-2',
      definition: {
        name: 'x',
        title: 'X',
        description: 'X.',
        verb: 'Run',
        tags: [],
        risk: 'low',
        appliesTo: [],
        triggers: [],
        parameters: {},
        target: { system: 'a', connection: 'b', kind: 'c', name: 'd' },
        limits: {},
        whenLocked: 'refuse',
        steps: [],
        onFailure: [],
        finally: [],
      },
    });
    renderPage(api);
    expect(
      await screen.findByText(/The runbook was changed since/),
    ).toBeVisible();
  });
});
