import { renderInTestApp } from '@backstage/frontend-test-utils';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import {
  aRun,
  mockRunbooksApi,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApprovalsForMe } from './ApprovalsForMe';
import { ApprovalsList } from './ApprovalsList';

type Api = ReturnType<typeof mockRunbooksApi>;

const run = (id: string) =>
  aRun({
    id,
    title: `Run ${id}`,
    state: 'waiting',
    risk: 'high',
    waitingFor: {
      kind: 'approval',
      since: '2026-11-21T10:00:00Z',
      until: '2100-01-01T00:00:00Z',
      question: 'At noon?',
      groups: [],
      needed: 1,
      previewHash: 'hash',
    },
  });

function waiting(): Api {
  const api = mockRunbooksApi();
  api.getWaitingApprovals.mockResolvedValue({
    items: [
      { run: run('a'), decide: { allowed: true } },
      { run: run('b'), decide: { allowed: true } },
      {
        run: run('c'),
        decide: { allowed: false, reason: 'You started it.' },
      },
    ],
  });
  return api;
}

const renderAll = (api: Api) =>
  renderInTestApp(
    <>
      <ApprovalsForMe />
      <ApprovalsList />
    </>,
    { apis: [[runbooksApiRef, api]] },
  );

describe('approvals', () => {
  it('tells those for me from those for others, and counts mine', async () => {
    const api = waiting();
    renderAll(api);
    const mine = within(
      await screen.findByRole('region', { name: 'Waiting for you' }),
    );
    expect(mine.getByRole('link', { name: 'Run a' })).toHaveAttribute(
      'href',
      '/runbooks/runs/a',
    );
    expect(mine.getAllByRole('listitem')).toHaveLength(2);
    expect(mine.getAllByText('High risk')).toHaveLength(2);
    const others = within(
      screen.getByRole('region', { name: 'Waiting for others' }),
    );
    expect(others.getByText(/You started it\./)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Approve: 2 runs wait for you' }),
    ).toHaveAttribute('href', '/runbooks/approvals');
    expect(api.getWaitingApprovals).toHaveBeenCalledTimes(1);
  });

  it('says that nothing waits', async () => {
    renderAll(mockRunbooksApi());
    expect(
      await screen.findByText('No run waits for your approval.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('link', { name: /^Approve/ }),
    ).not.toBeInTheDocument();
  });

  it('tries again after a failure', async () => {
    const api = waiting();
    api.getWaitingApprovals.mockRejectedValueOnce(
      new TypeError('Failed to fetch'),
    );
    renderAll(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(await screen.findByRole('link', { name: 'Run a' })).toBeVisible();
  });
});
