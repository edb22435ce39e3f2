import { useLocation } from 'react-router-dom';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { aResponseError } from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockCompacted } from '../../__testUtils__/mockCompacted';
import { RunsList } from './RunsList';

function Address() {
  return <div data-testid="address">{useLocation().search}</div>;
}

function renderList(api: ReturnType<typeof mockCompacted>, search = '') {
  renderInTestApp(
    <>
      <RunsList />
      <Address />
    </>,
    {
      apis: [
        [runbooksApiRef, api],
        mockApis.identity({ userEntityRef: 'user:default/olivia' }),
      ],
      initialRouteEntries: [`/${search}`],
    },
  );
}

const address = () => screen.getByTestId('address').textContent;

describe('RunsList', () => {
  it('lists runs with state, target, result and person', async () => {
    renderList(mockCompacted());
    const table = await screen.findByRole('table', { name: 'Runs' });
    const link = await within(table).findByRole('link', {
      name: 'Compact table',
    });
    expect(link).toHaveAttribute('href', '/runbooks/runs/run-1');
    for (const text of [
      'succeeded',
      'lake.gold.daily_sales',
      '300 → 9 files',
      'olivia',
      '12.0 s',
    ]) {
      expect(within(table).getByText(text)).toBeVisible();
    }
  });

  it('asks for what the address says', async () => {
    const api = mockCompacted();
    renderList(api, '?state=failed&by=bob&target=t&page=2');
    await waitFor(() =>
      expect(api.getRuns).toHaveBeenCalledWith({
        states: ['failed'],
        startedBy: 'user:default/bob',
        target: 't',
        limit: 25,
        offset: 25,
      }),
    );
  });

  it('puts filters and page into the address', async () => {
    const api = mockCompacted();
    renderList(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Next page' }),
    );
    await waitFor(() => expect(address()).toBe('?page=2'));

    await userEvent.type(screen.getByLabelText('Target'), 'orders');
    await waitFor(() => expect(address()).toBe('?target=orders'));
    await userEvent.click(screen.getByRole('button', { name: /State/ }));
    await userEvent.click(screen.getByRole('option', { name: 'failed' }));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(address()).toBe('?state=failed&target=orders'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Only mine' }),
    );
    await waitFor(() =>
      expect(address()).toBe(
        '?state=failed&by=user%3Adefault%2Folivia&target=orders',
      ),
    );
    expect(api.getRuns).toHaveBeenLastCalledWith({
      states: ['failed'],
      startedBy: 'user:default/olivia',
      target: 'orders',
      limit: 25,
      offset: 0,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(address()).toBe(''));
  });

  it.each([
    ['', 'Nothing has been run yet.'],
    ['?state=failed', 'No run fits.'],
  ])('says why %p is empty', async (search, words) => {
    const api = mockCompacted();
    api.getRuns.mockResolvedValue({
      items: [],
      total: 0,
      limit: 25,
      offset: 0,
    });
    renderList(api, search);
    expect(await screen.findByText(words, { exact: false })).toBeVisible();
  });

  it('says what a person lacks who may not see runs', async () => {
    const api = mockCompacted();
    api.getRuns.mockRejectedValue(
      await aResponseError(403, 'You need runbooks.run.read; ask the owner.'),
    );
    renderList(api);
    expect(
      await screen.findByText('You need runbooks.run.read; ask the owner.'),
    ).toBeVisible();
  });

  it('tries again when it is asked to', async () => {
    const api = mockCompacted();
    api.getRuns.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renderList(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Compact table' }),
    ).toBeVisible();
  });
});
