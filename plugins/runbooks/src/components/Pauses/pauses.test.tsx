import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { RunbookPause } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import {
  aResponseError,
  mockRunbooksApi,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AllStopButton } from './AllStopButton';
import { PauseBanner } from './PauseBanner';

type Api = ReturnType<typeof mockRunbooksApi>;

const pause: RunbookPause = {
  scope: 'all',
  by: 'user:default/tom',
  at: '2026-11-21T10:00:00Z',
  reason: 'Redis moves to new nodes.',
};

const renderPauses = (api: Api) =>
  renderInTestApp(
    <>
      <PauseBanner />
      <AllStopButton />
    </>,
    { apis: [[runbooksApiRef, api]] },
  );

/** A backend that remembers what is paused. */
function remembering(paused: RunbookPause[] = []): Api {
  const api = mockRunbooksApi();
  let items = paused;
  api.getPauses.mockImplementation(async () => ({
    items,
    mayPause: { allowed: true },
  }));
  api.pause.mockImplementation(async ({ scope, reason }) => {
    const made = { ...pause, scope, reason };
    items = [...items, made];
    return made;
  });
  api.endPause.mockImplementation(async () => {
    items = [];
  });
  return api;
}

const button = (name: string) => screen.findByRole('button', { name });

describe('all stop', () => {
  it('wants a reason, then tells everybody and can be ended', async () => {
    const api = remembering();
    renderPauses(api);
    await userEvent.click(await button('Stop all runs'));
    const dialog = await screen.findByRole('dialog', {
      name: 'Stop all runs?',
    });
    expect(dialog).toBeVisible();
    await userEvent.click(await button('Stop all runs'));
    expect(api.pause).not.toHaveBeenCalled();
    expect(await screen.findByText(/^Say why/)).toBeVisible();

    await userEvent.type(
      screen.getByRole('textbox', { name: /Why/ }),
      'Redis moves',
    );
    await userEvent.click(await button('Stop all runs'));
    expect(api.pause).toHaveBeenCalledWith({
      scope: 'all',
      reason: 'Redis moves',
    });
    expect(await screen.findByText('All runs are paused')).toBeVisible();
    expect(screen.getByText(/Redis moves$/)).toHaveTextContent('tom');

    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.click(await button('End the pause'));
    expect(api.endPause).toHaveBeenCalledWith({ scope: 'all' });
    await waitFor(() =>
      expect(screen.queryByText('All runs are paused')).not.toBeInTheDocument(),
    );
  });

  it('keeps the reason when it was refused, and says so', async () => {
    const api = remembering();
    api.pause.mockRejectedValueOnce(
      await aResponseError(403, 'You need runbooks.pause.'),
    );
    renderPauses(api);
    await userEvent.click(await button('Stop all runs'));
    const why = await screen.findByRole('textbox', { name: /Why/ });
    await userEvent.type(why, 'Redis moves');
    await userEvent.click(await button('Stop all runs'));
    expect(await screen.findByText('You need runbooks.pause.')).toBeVisible();
    expect(why).toHaveValue('Redis moves');
  });

  it('is shown, with the reason, to those who may not use it', async () => {
    const api = mockRunbooksApi();
    api.getPauses.mockResolvedValue({
      items: [{ ...pause, scope: { runbookId: 'cache-stampede' } }],
      mayPause: { allowed: false, reason: 'You need runbooks.pause.' },
    });
    renderPauses(api);
    expect(await screen.findByText('cache-stampede')).toBeVisible();
    expect(
      screen.getByText(/^Nothing is started.*You need runbooks\.pause\./),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'End the pause' }),
    ).not.toBeInTheDocument();
    const stop = await button('Stop all runs');
    expect(stop).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(stop);
    expect(
      await screen.findByRole('dialog', { name: 'Why not: Stop all runs' }),
    ).toBeVisible();
  });
});
