import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { runbooksApiRef } from '../../api';
import { anEvent, aRun, mockRunbooksApi } from '../../testUtils';
import { RunLog } from './RunLog';

const events: RunEvent[] = [
  anEvent(1, 'all well'),
  { ...anEvent(2, 'hm'), level: 'warn' },
  { ...anEvent(3, 'broken'), level: 'error' },
];

function renderLog(
  part: Partial<Parameters<typeof RunLog>[0]['state']> = {},
  api = mockRunbooksApi(),
) {
  renderInTestApp(
    <RunLog
      state={{
        run: aRun(),
        events,
        droppedEvents: 0,
        connection: 'live',
        ...part,
      }}
    />,
    { apis: [[runbooksApiRef, api]] },
  );
  return api;
}

async function saved(): Promise<string> {
  const blobs: Blob[] = [];
  Object.assign(URL, {
    createObjectURL: (blob: Blob) => {
      blobs.push(blob);
      return 'blob:x';
    },
    revokeObjectURL: () => {},
  });
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation();
  await userEvent.click(
    await screen.findByRole('button', { name: 'Download' }),
  );
  await waitFor(() => expect(blobs).toHaveLength(1));
  return blobs[0].text();
}

describe('RunLog', () => {
  it('leaves out what is milder than what is asked for', async () => {
    renderLog();
    await userEvent.click(await screen.findByRole('button', { name: /Show/ }));
    await userEvent.click(
      screen.getByRole('option', { name: 'Warnings and errors' }),
    );
    expect(screen.queryByText('all well')).not.toBeInTheDocument();
    expect(screen.getByText('hm')).toBeVisible();
    expect(screen.getByText('broken')).toBeVisible();
  });

  it('can be kept from following', async () => {
    renderLog();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause following' }),
    );
    expect(screen.getByRole('button', { name: 'Follow' })).toBeVisible();
  });

  it('saves what it shows', async () => {
    const api = renderLog();
    expect(await saved()).toBe(
      [
        '2026-11-21T10:01:02Z info all well\n',
        '2026-11-21T10:01:02Z warn hm\n',
        '2026-11-21T10:01:02Z error broken\n',
      ].join(''),
    );
    expect(api.getRunEvents).not.toHaveBeenCalled();
  });

  it('reads a log that is too long for the page from its beginning', async () => {
    const api = mockRunbooksApi();
    const lines = Array.from({ length: 500 }, (_, n) =>
      anEvent(n + 1, `line ${n + 1}`),
    );
    api.getRunEvents
      .mockResolvedValueOnce({ items: lines, run: aRun() })
      .mockResolvedValueOnce({
        items: [anEvent(501, 'line 501')],
        run: aRun(),
      });
    renderLog({ droppedEvents: 498 }, api);
    const text = await saved();
    expect(text.split('\n')).toHaveLength(502);
    expect(api.getRunEvents).toHaveBeenLastCalledWith('run-1', { after: 500 });
  });
});
