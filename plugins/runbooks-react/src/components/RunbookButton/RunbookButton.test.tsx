import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { runbooksApiRef } from '../../api';
import { aRun, mockRunbooksApi, queryTarget } from '../../testUtils';
import { RunbookButton } from './RunbookButton';

const given = { connection: 'analytics', queryId: queryTarget.name };

function renderButtons(
  api: ReturnType<typeof mockRunbooksApi>,
  names: string[],
  onRowClick = () => {},
) {
  return renderInTestApp(
    <table>
      <tbody>
        {names.map(name => (
          <tr key={name} onClick={onRowClick}>
            <td>
              <RunbookButton
                runbookId="trino:kill-query"
                target={{ ...queryTarget, name }}
                parameters={given}
                label={`Kill ${name}`}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>,
    { apis: [[runbooksApiRef, api]] },
  );
}

const reason = 'You need runbooks.run.execute on cluster analytics.';
const remedy = 'Ask team-data-platform.';

describe('RunbookButton', () => {
  it('asks for all buttons of a page in one call', async () => {
    const api = mockRunbooksApi();
    renderButtons(api, ['a', 'b', 'c']);
    await screen.findByRole('button', { name: 'Kill c' });
    await waitFor(() => expect(api.getAllowances).toHaveBeenCalled());
    expect(api.getAllowances).toHaveBeenCalledTimes(1);
    expect(
      api.getAllowances.mock.calls[0][0].map(({ target }) => target.name),
    ).toEqual(['a', 'b', 'c']);
  });

  it('tells by keyboard and to screen readers why it is disabled', async () => {
    const api = mockRunbooksApi();
    api.getAllowances.mockResolvedValue({
      items: [{ allowed: false, reason, remedy }],
    });
    renderButtons(api, ['a']);
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Kill a' }),
      ).toHaveAccessibleDescription(`${reason} ${remedy}`),
    );
    const button = screen.getByRole('button', { name: 'Kill a' });
    expect(button).toHaveAttribute('aria-disabled', 'true');

    await userEvent.tab();
    expect(button).toHaveFocus();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(reason);

    await userEvent.keyboard('{Enter}');
    const why = await screen.findByRole('dialog', { name: 'Why not: Kill a' });
    expect(within(why).getByText(reason)).toBeVisible();
    expect(within(why).getByText(remedy)).toBeVisible();
    expect(api.createPreview).not.toHaveBeenCalled();
  });

  it('does not open the row that it stands in', async () => {
    const api = mockRunbooksApi();
    const onRowClick = jest.fn();
    renderButtons(api, ['a'], onRowClick);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Kill a' }),
    );
    const drawer = await screen.findByRole('dialog', { name: 'Kill a' });
    await userEvent.click(
      await within(drawer).findByText(
        'Ends a running query and tells its user why.',
      ),
    );
    expect(onRowClick).not.toHaveBeenCalled();
  });

  it('says that a run goes on, and shows it when opened again', async () => {
    const api = mockRunbooksApi();
    renderButtons(api, ['a']);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Kill a' }),
    );
    await userEvent.type(await screen.findByLabelText(/^Message/), 'too long');
    const run = await screen.findByRole('button', { name: 'Kill query a' });
    await waitFor(() => expect(run).toBeEnabled());
    await userEvent.click(run);
    expect(
      await screen.findByText(/The run goes on when you close this/),
    ).toBeVisible();

    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const again = screen.getByRole('button', { name: 'Running …' });
    expect(again).toHaveFocus();
    await userEvent.click(again);
    expect(
      await screen.findByText(/The run goes on when you close this/),
    ).toBeVisible();
    expect(api.startRun).toHaveBeenCalledTimes(1);
  });

  it('tells the page when its run has ended, also when closed', async () => {
    const api = mockRunbooksApi();
    let finish = () => {};
    api.getRunEvents.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          finish = () =>
            resolve({ items: [], run: aRun({ state: 'succeeded' }) });
        }),
    );
    const onRunEnded = jest.fn();
    renderInTestApp(
      <RunbookButton
        runbookId="trino:kill-query"
        target={queryTarget}
        parameters={{ ...given, message: 'too long' }}
        label="Kill"
        onRunEnded={onRunEnded}
      />,
      { apis: [[runbooksApiRef, api]] },
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Kill' }));
    const run = await screen.findByRole('button', { name: /^Kill query/ });
    await waitFor(() => expect(run).toBeEnabled());
    await userEvent.click(run);
    await screen.findByText('Running: Kill the query');
    await userEvent.keyboard('{Escape}');
    expect(onRunEnded).not.toHaveBeenCalled();

    finish();
    await waitFor(() => expect(onRunEnded).toHaveBeenCalledTimes(1));
    expect(onRunEnded.mock.calls[0][0]).toMatchObject({ state: 'succeeded' });
  });
});
