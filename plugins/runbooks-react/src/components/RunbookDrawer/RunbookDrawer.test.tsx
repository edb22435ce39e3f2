import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { JsonObject } from '@backstage/types';
import { runbooksApiRef } from '../../api';
import {
  aCompaction,
  anEvent,
  aPreview,
  aResponseError,
  aRun,
  mockRunbooksApi,
  queryTarget,
  tableTarget,
} from '../../testUtils';
import { RunbookDrawer } from './RunbookDrawer';

type Api = ReturnType<typeof mockRunbooksApi>;

function renderDrawer(
  api: Api,
  parameters: JsonObject = {
    connection: 'analytics',
    queryId: queryTarget.name,
    message: 'blocks the nightly export',
  },
) {
  const onClose = jest.fn();
  renderInTestApp(
    <RunbookDrawer
      open
      runbookId="trino:kill-query"
      target={queryTarget}
      parameters={parameters}
      label="Kill"
      onClose={onClose}
    />,
    { apis: [[runbooksApiRef, api]] },
  );
  return { onClose };
}

const runButton = () => screen.findByRole('button', { name: /^Kill query 2/ });

async function enabledRunButton() {
  const button = await runButton();
  await waitFor(() => expect(button).toBeEnabled());
  return button;
}

/** Answers the log's next question with this run. */
function endWith(api: Api, run: ReturnType<typeof aRun>) {
  api.getRunEvents.mockResolvedValueOnce({
    items: [anEvent(1, 'asked Trino to end it')],
    run,
  });
}

describe('RunbookDrawer', () => {
  it('previews first, then runs exactly what was previewed', async () => {
    const api = mockRunbooksApi();
    renderDrawer(api);
    expect(await runButton()).toBeDisabled();
    expect(
      await screen.findByRole('table', { name: 'What will change' }),
    ).toHaveTextContent(/Files3009 \(estimated\)/);
    expect(screen.getByText('Other queries of alice')).toBeVisible();
    expect(
      screen.getByText('It has written 3 files that stay behind.'),
    ).toBeVisible();
    expect(screen.getByText(/^Medium risk: it can't be undone/)).toBeVisible();

    endWith(
      api,
      aRun({
        state: 'succeeded',
        steps: [{ id: 'e', title: 'Kill the query', state: 'succeeded' }],
        verification: {
          outcome: 'verified',
          summary: 'The query has failed with ADMINISTRATIVELY_KILLED.',
          metrics: [{ label: 'Running', unit: 'count', before: 1, after: 0 }],
        },
      }),
    );
    await userEvent.click(await enabledRunButton());
    expect(api.startRun).toHaveBeenCalledWith({
      previewId: 'preview-1',
      previewHash: 'hash-1',
      idempotencyKey: expect.stringMatching(/^[0-9a-f-]{32,}$/),
    });
    expect(await screen.findByText('Done, and verified')).toBeVisible();
    expect(screen.getByText('asked Trino to end it')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Open the run page' }),
    ).toHaveAttribute('href', '/runbooks/runs/run-1');
  });

  it('starts one run on a double click', async () => {
    const api = mockRunbooksApi();
    api.startRun.mockReturnValue(new Promise(() => {}));
    renderDrawer(api);
    await userEvent.dblClick(await enabledRunButton());
    expect(api.startRun).toHaveBeenCalledTimes(1);
  });

  it('sends the same request again when it got no answer', async () => {
    const api = mockRunbooksApi();
    api.startRun.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renderDrawer(api);
    await userEvent.click(await enabledRunButton());
    expect(
      await screen.findByText('No answer: it may or may not have started'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Send the same request again' }),
    );
    expect(await screen.findByText('Running: Kill the query')).toBeVisible();
    const [first, second] = api.startRun.mock.calls;
    expect(second).toEqual(first);
  });

  it('looks again when the world has changed since the preview', async () => {
    const api = mockRunbooksApi();
    api.startRun.mockRejectedValueOnce(
      await aResponseError(409, 'The query has ended since the preview.'),
    );
    renderDrawer(api);
    await userEvent.click(await enabledRunButton());
    expect(
      await screen.findByText('The query has ended since the preview.'),
    ).toBeVisible();
    await waitFor(() => expect(api.createPreview).toHaveBeenCalledTimes(2));

    await userEvent.click(await enabledRunButton());
    const [first, second] = api.startRun.mock.calls;
    expect(second[0].idempotencyKey).not.toBe(first[0].idempotencyKey);
  });

  it('looks again when the preview expires, and runs only the new one', async () => {
    const api = mockRunbooksApi();
    api.createPreview
      .mockResolvedValueOnce(aPreview({ expiresAt: '2026-11-21T10:00:01Z' }))
      .mockResolvedValueOnce(aPreview({ id: 'preview-2', hash: 'hash-2' }));
    renderDrawer(api);
    const button = await enabledRunButton();
    await waitFor(() => expect(button).toBeDisabled(), { timeout: 3_000 });
    await userEvent.click(await enabledRunButton());
    expect(api.startRun).toHaveBeenCalledWith(
      expect.objectContaining({ previewId: 'preview-2' }),
    );
  });

  it('asks for what is open, names what is wrong, and previews anew', async () => {
    const api = mockRunbooksApi();
    api.getRunbooks.mockResolvedValue({ items: [aCompaction()] });
    renderInTestApp(
      <RunbookDrawer
        open
        runbookId="trino:optimize-table"
        target={tableTarget}
        parameters={{ table: tableTarget.name }}
        label="Compact"
        onClose={() => {}}
      />,
      { apis: [[runbooksApiRef, api]] },
    );
    const threshold = await screen.findByLabelText('File size threshold');
    expect(threshold).toHaveValue('100MB');
    expect(screen.queryByLabelText('Table')).not.toBeInTheDocument();
    const run = screen.getByRole('button', { name: /^Compact lake/ });
    await waitFor(() => expect(run).toBeEnabled());

    await userEvent.clear(threshold);
    await userEvent.type(threshold, 'huge');
    await userEvent.tab();
    expect(run).toBeDisabled();
    expect(
      (await screen.findAllByText(/^File size threshold must match/)).length,
    ).toBeGreaterThan(0);

    await userEvent.clear(threshold);
    await userEvent.type(threshold, '64MB');
    await waitFor(() => expect(run).toBeEnabled());
    expect(api.createPreview).toHaveBeenLastCalledWith(
      expect.objectContaining({
        parameters: { table: tableTarget.name, fileSizeThreshold: '64MB' },
      }),
    );
    // At most one for each pause after something valid: at the start, after
    // each clearing, at the end.
    expect(api.createPreview.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('waits for a parameter that is needed', async () => {
    const api = mockRunbooksApi();
    renderDrawer(api, { connection: 'analytics', queryId: queryTarget.name });
    expect(await screen.findByText(/^Message is needed\. Then/)).toBeVisible();
    expect(await runButton()).toBeDisabled();
    expect(api.createPreview).not.toHaveBeenCalled();
  });

  it("shows the server's word on a parameter", async () => {
    const api = mockRunbooksApi();
    api.createPreview.mockRejectedValueOnce(
      await aResponseError(400, 'message: may not contain a line break'),
    );
    renderDrawer(api);
    expect(
      await screen.findByText('message: may not contain a line break'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await enabledRunButton();
  });

  it('says why a previewed run may not be started', async () => {
    const api = mockRunbooksApi();
    api.createPreview.mockResolvedValue(
      aPreview({
        execute: { allowed: false, reason: 'You need runbooks.run.execute.' },
      }),
    );
    renderDrawer(api);
    expect(
      await screen.findByText('You need runbooks.run.execute.'),
    ).toBeVisible();
    expect(await runButton()).toBeDisabled();
  });

  it('says where a run failed, what was done, and what next', async () => {
    const api = mockRunbooksApi();
    endWith(
      api,
      aRun({
        state: 'failed',
        error: {
          step: 'execute',
          message: 'Trino answered 503.',
          alreadyDone: 'nothing was changed.',
          nextStep: 'look at the coordinator.',
        },
      }),
    );
    renderDrawer(api);
    await userEvent.click(await enabledRunButton());
    expect(await screen.findByText('Failed at "Kill the query"')).toBeVisible();
    expect(
      screen.getByText('Already done: nothing was changed.'),
    ).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Prepare again' }),
    );
    await enabledRunButton();
  });

  it('cancels, and does not promise what it does not know', async () => {
    const api = mockRunbooksApi();
    renderDrawer(api);
    await userEvent.click(await enabledRunButton());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel run' }),
    );
    expect(api.cancelRun).toHaveBeenCalledWith('run-1');
    expect(screen.getByRole('button', { name: 'Stopping …' })).toBeDisabled();
    expect(screen.getByText(/what is done by then stays done/)).toBeVisible();
  });

  it.each([
    ['cancelled', 'Cancelled by bob'],
    ['outcome-unknown', 'Nobody can tell whether it took effect'],
  ] as const)('ends %s in words', async (state, words) => {
    const api = mockRunbooksApi();
    endWith(api, aRun({ state, cancelRequestedBy: 'user:default/bob' }));
    renderDrawer(api);
    await userEvent.click(await enabledRunButton());
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says when the backend does not know the runbook', async () => {
    const api = mockRunbooksApi();
    api.getRunbooks.mockResolvedValueOnce({ items: [] });
    renderDrawer(api);
    expect(
      await screen.findByText(/knows no runbook "trino:kill-query"/),
    ).toBeVisible();
  });

  it('closes on Escape', async () => {
    const { onClose } = renderDrawer(mockRunbooksApi());
    await runButton();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });
});
